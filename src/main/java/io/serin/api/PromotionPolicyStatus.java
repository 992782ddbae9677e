package io.serin.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a promotion policy.
 *
 * @param observedGeneration generation of the spec that this speaks of
 * @param compiled that spec compiled and its tests passed
 * @param digest content digest of the policy that is active; of an earlier spec while the present
 *     one cannot be used; empty while none is
 * @param findings why the present spec cannot be used, one line each
 * @param lastUsed when it last decided, to ten minutes; null for not since the controller started
 * @param conditions {@code Ready} is true while the present spec is active
 */
public record PromotionPolicyStatus(
    long observedGeneration,
    boolean compiled,
    String digest,
    List<String> findings,
    @Nullable Instant lastUsed,
    List<Condition> conditions) {

  /**
   * Telling a use is a write, so it is told at most this often, however often policies are used.
   */
  public static final Duration USE_TOLD = Duration.ofMinutes(10);

  /** The one condition that a policy has. */
  public static final String READY = "Ready";

  /** Nothing is known. */
  public static final PromotionPolicyStatus NONE =
      new PromotionPolicyStatus(0, false, "", List.of(), null, List.of());

  /** Copies the lists. */
  public PromotionPolicyStatus {
    findings = List.copyOf(findings);
    conditions = List.copyOf(conditions);
  }

  static PromotionPolicyStatus read(Fields f) {
    return new PromotionPolicyStatus(
        f.whole("observedGeneration", 0),
        f.flag("compiled"),
        f.text("digest"),
        f.texts("findings"),
        f.instant("lastUsed"),
        f.list("conditions", Condition::read));
  }

  /**
   * This status as it follows another one: a use that was told is not forgotten, nor told again
   * within {@link #USE_TOLD}, and a condition keeps the time at which it last changed.
   *
   * @param now time of conditions that change
   */
  public PromotionPolicyStatus following(PromotionPolicyStatus before, Instant now) {
    Instant used = used(before.lastUsed);
    return new PromotionPolicyStatus(
        observedGeneration,
        compiled,
        digest,
        findings,
        used == null ? null : used.truncatedTo(ChronoUnit.SECONDS),
        conditions.stream().map(condition -> condition.following(before.conditions, now)).toList());
  }

  private @Nullable Instant used(@Nullable Instant told) {
    boolean enough = lastUsed == null || (told != null && told.plus(USE_TOLD).isAfter(lastUsed));
    return enough ? told : lastUsed;
  }

  /** The JSON of {@code status}; times in whole seconds. */
  public ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("observedGeneration", observedGeneration);
    tree.put("compiled", compiled);
    tree.put("digest", digest);
    var lines = tree.putArray("findings");
    findings.forEach(lines::add);
    if (lastUsed != null) {
      tree.put("lastUsed", lastUsed.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    var all = tree.putArray("conditions");
    conditions.forEach(condition -> all.add(condition.toTree()));
    return tree;
  }
}
