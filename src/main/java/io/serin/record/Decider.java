package io.serin.record;

import io.serin.policy.Decision;
import io.serin.policy.GivenEvidence;
import io.serin.policy.Policy;
import io.serin.rollout.TickRecord;
import java.util.List;

/** Decides recorded ticks, each as it was observed. Thread-safe. */
@FunctionalInterface
interface Decider {

  /** The recording's own decisions. */
  Decider RECORDED = ReplayedTick::asRecorded;

  ReplayedTick decide(TickRecord tick);

  /** The decisions of a policy. */
  static Decider of(Policy policy) {
    Policy untraced = policy.untraced();
    return tick -> decide(untraced, tick);
  }

  private static ReplayedTick decide(Policy policy, TickRecord tick) {
    GivenEvidence evidence = new GivenEvidence(tick.evidence());
    Decision decision = policy.decide(tick.facts(), evidence);
    var then = tick.proposals().getFirst();
    List<String> unanswered = evidence.unanswered();
    Sameness sameness =
        !unanswered.isEmpty()
            ? Sameness.CANNOT_TELL
            : Course.same(then.verdict(), decision.verdict()) ? Sameness.SAME : Sameness.CHANGED;
    return new ReplayedTick(
        tick.canary(),
        tick.tick(),
        tick.at(),
        sameness,
        then.verdict(),
        then.rule(),
        decision.verdict(),
        decision.winner().rule(),
        unanswered,
        decision.trouble());
  }
}
