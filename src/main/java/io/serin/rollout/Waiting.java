package io.serin.rollout;

import io.serin.fact.Caution;
import io.serin.fact.Dependency;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.policy.Decision;
import io.serin.policy.Proposal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a decision waits for that no change of its own objects would announce.
 *
 * @param forOthers some rule that kept it looked at other canaries
 * @param time when time alone may change the decision; null for never
 */
record Waiting(boolean forOthers, @Nullable Duration time) {

  /** Outcomes of the fleet grow old without a word. */
  private static final Duration FLEET = Duration.ofMinutes(10);

  /** Of all proposals as careful as the winner: each of them may be what is waited for. */
  static Waiting of(Decision decision) {
    Caution caution = decision.verdict().caution();
    if (caution != Caution.HOLD && caution != Caution.FREEZE) {
      return new Waiting(false, null);
    }
    boolean others = false;
    Duration time = null;
    for (Proposal proposal : decision.proposals()) {
      if (proposal.verdict().caution() != caution) {
        continue;
      }
      for (Object fact : proposal.because()) {
        switch (fact) {
          case Fleet _ -> {
            others = true;
            time = sooner(time, FLEET);
          }
          case Dependency _ -> others = true;
          case Freeze f ->
              time = sooner(time, Duration.ofSeconds(Math.max(f.secondsLeft(), f.secondsUntil())));
          default -> {}
        }
      }
    }
    return new Waiting(others, time);
  }

  private static Duration sooner(@Nullable Duration one, Duration other) {
    return one == null || other.compareTo(one) < 0 ? other : one;
  }
}
