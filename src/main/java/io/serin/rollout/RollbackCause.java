package io.serin.rollout;

import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.fact.Workload;

/** What took a revision back, as people are told it; of several causes the first. */
enum RollbackCause {
  /** A rollback webhook wanted it. */
  HOOK,
  /** The canary never became ready. */
  DEADLINE,
  /** Too many checks failed. */
  FAILED_CHECKS,
  /** A rule of its own, or somebody's wish. */
  OTHER;

  static RollbackCause of(Facts facts, Evidence evidence) {
    if (evidence.gates().stream().anyMatch(g -> g.type() == WebhookType.ROLLBACK && g.open())) {
      return HOOK;
    }
    Workload target = facts.workload(Workload.Role.TARGET);
    if (target != null && target.expired()) {
      return DEADLINE;
    }
    Rollout rollout = facts.rollout();
    return failedNow(evidence) || rollout.failedChecks() >= rollout.threshold()
        ? FAILED_CHECKS
        : OTHER;
  }

  /** Failed checks of the run, with the one of this tick. */
  static int failedChecks(Facts facts, Evidence evidence) {
    return facts.rollout().failedChecks() + (failedNow(evidence) ? 1 : 0);
  }

  /** Why the canary is not ready. */
  static String deadline(Facts facts) {
    Workload target = facts.workload(Workload.Role.TARGET);
    return target == null ? "" : target.reason();
  }

  private static boolean failedNow(Evidence evidence) {
    return evidence.metrics().stream().anyMatch(m -> m.outcome() != Metric.Outcome.PASS)
        || evidence.gates().stream().anyMatch(RollbackCause::isFailedTest);
  }

  private static boolean isFailedTest(Gate gate) {
    return !gate.open()
        && (gate.type() == WebhookType.ROLLOUT || gate.type() == WebhookType.PRE_ROLLOUT);
  }
}
