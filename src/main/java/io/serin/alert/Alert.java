package io.serin.alert;

import io.serin.api.AlertSeverity;
import io.serin.api.Phase;
import io.serin.api.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of a canary that somebody may want to act on.
 *
 * @param severity how bad it is
 * @param reason what sort of news it is, in CamelCase; one of few
 * @param text one line, Flagger's where it has one
 * @param canary whom it is about
 * @param phase phase of the canary after the tick that this is news of
 * @param failedChecks failed checks of the run, with those of this tick
 * @param weight percent of live traffic that the canary had when the tick began
 * @param at when it happened
 * @param cluster name of the cluster, may be empty
 * @param details more to show, in this order
 * @param why why the tick ended so; null for what does not tell a verdict
 */
public record Alert(
    AlertSeverity severity,
    String reason,
    String text,
    Subject canary,
    Phase phase,
    int failedChecks,
    int weight,
    Instant at,
    String cluster,
    List<Field> details,
    @Nullable Why why) {

  /** Copies the list. */
  public Alert {
    details = List.copyOf(details);
  }

  /**
   * A canary.
   *
   * @param checksum identifies the revision and its configuration
   */
  public record Subject(String namespace, String name, TargetRef target, String checksum) {

    /** Name and namespace as people read it, such as {@code podinfo.test}. */
    String label() {
      return name + "." + namespace;
    }
  }

  /** Something to show beside the text. */
  public record Field(String name, String value) {}

  /**
   * Why, in the words of {@code serin explain} and of the event.
   *
   * @param rule the rule that decided
   * @param line verdict, reason and rule in one line
   */
  public record Why(String rule, String line) {}

  /** What receivers show that have no place of its own for it: cluster, details. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Cluster", cluster));
    fields.addAll(details);
    fields.removeIf(field -> field.value().isBlank());
    return fields;
  }

  /** The same for chat rooms: with the reason, and nothing longer than they accept. */
  List<Field> shortFields() {
    List<Field> fields = fields();
    if (why != null) {
      fields.add(new Field("Why", why.line()));
    }
    return fields.stream().map(f -> new Field(f.name(), Texts.shortened(f.value()))).toList();
  }

  /** The text for chat rooms, no longer than they accept. */
  String shortText() {
    return Texts.shortened(text);
  }
}
