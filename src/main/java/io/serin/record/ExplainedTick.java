package io.serin.record;

import io.serin.policy.Decision;
import io.serin.policy.Policy;
import io.serin.policy.ShadowDecision;
import io.serin.policy.explain.Explainer;
import io.serin.policy.explain.Explanation;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A tick and why it ended as it did.
 *
 * @param canary {@code namespace/name}
 * @param tick its number
 * @param at its time
 * @param before where the rollout stood
 * @param after where it stood afterwards
 * @param refused the guard rail that overruled the winner, or null
 * @param backfilled as in {@link TickRecord}
 * @param note what the reader must know about the explanation, or null
 * @param explanation the winner, the losers, the nearest misses
 * @param shadows what shadow policies would have decided
 */
public record ExplainedTick(
    String canary,
    long tick,
    Instant at,
    Standing before,
    Standing after,
    @Nullable String refused,
    @Nullable String backfilled,
    @Nullable String note,
    Explanation explanation,
    List<ShadowDecision> shadows) {

  /** Copies the list. */
  public ExplainedTick {
    shadows = List.copyOf(shadows);
  }

  /** Explains with the rules of that policy, and says so when another one decided. */
  public static ExplainedTick of(TickRecord tick, Policy policy) {
    return of(tick, Explainer.of(policy), policy.digest());
  }

  /**
   * The same with an explainer that is used again and again.
   *
   * @param digest of the explainer's policy
   */
  public static ExplainedTick of(TickRecord tick, Explainer explainer, String digest) {
    Decision decision =
        new Decision(
            tick.proposals().getFirst(),
            tick.proposals(),
            tick.asked(),
            tick.facts(),
            tick.evidence(),
            tick.policy(),
            tick.trouble());
    return new ExplainedTick(
        tick.canary(),
        tick.tick(),
        tick.at(),
        tick.before(),
        tick.after(),
        tick.refused(),
        tick.backfilled(),
        note(tick, digest),
        explainer.explain(tick.facts(), tick.evidence(), decision),
        tick.shadows());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws RecordingException when it is something else
   */
  public static ExplainedTick read(String json) {
    try {
      ExplainedTick read = LineFormat.mapper().readValue(json, ExplainedTick.class);
      if (read == null || read.canary() == null || read.explanation() == null) {
        throw new RecordingException("it is no explanation of a tick");
      }
      return read;
    } catch (JacksonException e) {
      throw new RecordingException("it is no explanation of a tick: " + e.getOriginalMessage(), e);
    }
  }

  /** As one JSON object. */
  public String json() {
    return Json.of(this);
  }

  /** For a terminal. */
  public String text() {
    return ExplainedText.of(this);
  }

  private static @Nullable String note(TickRecord tick, String digest) {
    if (tick.backfilled() != null) {
      return "backfilled: nobody decided this tick, the rules of policy "
          + digest
          + " are held against it";
    }
    return tick.policy().equals(digest)
        ? null
        : "policy %s decided, but the rules at hand are those of %s: lines, values and near misses may not be those of then"
            .formatted(tick.policy(), digest);
  }
}
