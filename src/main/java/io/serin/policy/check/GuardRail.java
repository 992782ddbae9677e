package io.serin.policy.check;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.fact.Workload;
import org.jspecify.annotations.Nullable;

/** Something that must hold whatever the rules say. */
@FunctionalInterface
public interface GuardRail {

  /** How that verdict would break it in that state, in one line; null when it does not. */
  @Nullable String broken(Facts facts, Evidence evidence, Verdict verdict);

  /** The guard rails of traffic: it rises by one step at most, and only on good evidence. */
  GuardRail TRAFFIC =
      (facts, evidence, verdict) -> {
        if (verdict instanceof Verdict.Advance advance) {
          int most = Math.min(facts.rollout().maxWeight(), facts.rollout().nextWeight());
          if (advance.weight() > most) {
            return "the weight rises to %d, at most %d is one step"
                .formatted(advance.weight(), most);
          }
        }
        boolean rises =
            verdict instanceof Verdict.Advance
                || verdict instanceof Verdict.Iterate
                || verdict instanceof Verdict.Mirror
                || verdict instanceof Verdict.Promote
                || verdict instanceof Verdict.PromoteEarly;
        if (!rises) {
          return null;
        }
        Workload target = facts.workload(Workload.Role.TARGET);
        if (target == null || !target.exists() || !target.ready()) {
          return verdict.verb() + " while the canary is not ready";
        }
        String early = verdict instanceof Verdict.PromoteEarly ? early(facts) : null;
        return early != null ? early : evidence(facts, evidence, verdict);
      };

  private static @Nullable String early(Facts facts) {
    if (facts.rollout().weight() == 0) {
      return "promoteEarly before any live traffic";
    }
    return facts.checks().isEmpty() ? "promoteEarly without any check" : null;
  }

  private static @Nullable String evidence(Facts facts, Evidence evidence, Verdict verdict) {
    for (Metric metric : evidence.metrics()) {
      if (metric.outcome() != Metric.Outcome.PASS) {
        return "%s while %s is %s".formatted(verdict.verb(), metric.name(), metric.outcome());
      }
    }
    for (Gate gate : evidence.gates()) {
      if (counts(gate.type(), facts.rollout(), verdict)
          && gate.open() == (gate.type() == WebhookType.ROLLBACK)) {
        return "%s while %s %s says no".formatted(verdict.verb(), gate.type(), gate.name());
      }
    }
    for (Check check : facts.checks()) {
      if (facts.rollout().started() && !evidence.measured(check)) {
        return "%s while %s is not measured".formatted(verdict.verb(), check.name());
      }
    }
    return null;
  }

  /** Whether the answer of such a gate stands in the way of more traffic. */
  private static boolean counts(WebhookType type, Rollout rollout, Verdict verdict) {
    boolean last =
        verdict instanceof Verdict.Promote
            || verdict instanceof Verdict.PromoteEarly
            || rollout.iterationsDone();
    return switch (type) {
      case ROLLBACK -> true;
      case PRE_ROLLOUT -> !rollout.started();
      case ROLLOUT -> rollout.started();
      case CONFIRM_TRAFFIC_INCREASE ->
          rollout.strategy() == Strategy.PROGRESSIVE
              && rollout.phase() == Phase.PROGRESSING
              && !rollout.mirroring();
      case CONFIRM_PROMOTION -> last;
      case CONFIRM_ROLLOUT, POST_ROLLOUT, EVENT -> false;
    };
  }
}
