package io.serin.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One condition of a status.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one word; for {@link #PROMOTED} the phase
 */
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    @Nullable Instant lastUpdateTime,
    @Nullable Instant lastTransitionTime) {

  /** The one condition that a Canary has. */
  public static final String PROMOTED = "Promoted";

  static Condition read(Fields f) {
    return new Condition(
        f.text("type"),
        f.text("status"),
        f.text("reason"),
        f.text("message"),
        f.instant("lastUpdateTime"),
        f.instant("lastTransitionTime"));
  }

  /**
   * The condition as it follows the one of its type among others: with their times while it says
   * the same, with the present one when it changes.
   */
  Condition following(List<Condition> before, Instant now) {
    Condition old =
        before.stream().filter(other -> other.type.equals(type)).findFirst().orElse(null);
    if (old != null
        && old.status.equals(status)
        && old.reason.equals(reason)
        && old.message.equals(message)) {
      return old;
    }
    Instant changed = old != null && old.status.equals(status) ? old.lastTransitionTime : now;
    return new Condition(type, status, reason, message, now, changed);
  }

  /** The JSON of the condition; times in whole seconds. */
  ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("type", type).put("status", status).put("reason", reason);
    if (!message.isEmpty()) {
      tree.put("message", message);
    }
    putTime(tree, "lastUpdateTime", lastUpdateTime);
    putTime(tree, "lastTransitionTime", lastTransitionTime);
    return tree;
  }

  private static void putTime(ObjectNode tree, String name, @Nullable Instant time) {
    if (time != null) {
      tree.put(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
