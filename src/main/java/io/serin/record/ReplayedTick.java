package io.serin.record;

import io.serin.fact.Verdict;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded tick, decided again.
 *
 * @param canary {@code namespace/name}
 * @param tick number of the tick
 * @param at time of the tick
 * @param sameness how the verdicts compare
 * @param then the recorded verdict, before any guard rail
 * @param ruleThen rule that gave it
 * @param now the replayed verdict; worth nothing when the tick cannot be told
 * @param ruleNow rule that gives it
 * @param unanswered what the policy asks and the recording has no answer for
 * @param trouble why the policy could not decide, or null
 */
public record ReplayedTick(
    String canary,
    long tick,
    Instant at,
    Sameness sameness,
    Verdict then,
    String ruleThen,
    Verdict now,
    String ruleNow,
    List<String> unanswered,
    @Nullable String trouble) {

  /** Copies the list. */
  public ReplayedTick {
    unanswered = List.copyOf(unanswered);
  }

  /** The tick as it was: what the recording itself says, decided by nobody anew. */
  static ReplayedTick asRecorded(TickRecord tick) {
    var winner = tick.proposals().getFirst();
    return new ReplayedTick(
        tick.canary(),
        tick.tick(),
        tick.at(),
        Sameness.SAME,
        winner.verdict(),
        winner.rule(),
        winner.verdict(),
        winner.rule(),
        List.of(),
        tick.trouble());
  }
}
