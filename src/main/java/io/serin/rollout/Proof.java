package io.serin.rollout;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the evidence of a tick has to show before more traffic may go to the canary. */
final class Proof {

  private Proof() {}

  /** What is missing for a step of the canary's share, or null. */
  static @Nullable String ofStep(Situation context) {
    Rollout rollout = context.facts().rollout();
    if (!rollout.started()) {
      return GuardRails.first(gates(context, WebhookType.PRE_ROLLOUT), increase(context));
    }
    return GuardRails.first(ofPass(context), rollout.mirroring() ? null : increase(context));
  }

  /** What is missing for the promotion, or null. */
  static @Nullable String ofPromotion(Situation context) {
    return GuardRails.first(
        ofPass(context), increase(context), gates(context, WebhookType.CONFIRM_PROMOTION));
  }

  /** What is missing for a promotion before the last step, or null; no checks prove nothing. */
  static @Nullable String ofEarlyPromotion(Situation context) {
    return context.facts().checks().isEmpty()
        ? "no check is declared that could speak for an early promotion"
        : ofPromotion(context);
  }

  /** The first gate of a type that was not asked or is closed, or null. */
  static @Nullable String gates(Situation context, WebhookType type) {
    for (Hook hook : context.facts().hooks()) {
      if (hook.type() == type && !isOpen(context.evidence().gates(), hook)) {
        return "gate " + hook.name() + " is not open";
      }
    }
    return null;
  }

  private static boolean isOpen(List<Gate> gates, Hook hook) {
    return gates.stream().anyMatch(g -> g.order() == hook.order() && g.open());
  }

  /** Only a progressive run asks before each step. */
  private static @Nullable String increase(Situation context) {
    Rollout rollout = context.facts().rollout();
    return rollout.strategy() == Strategy.PROGRESSIVE && rollout.phase() == Phase.PROGRESSING
        ? gates(context, WebhookType.CONFIRM_TRAFFIC_INCREASE)
        : null;
  }

  private static @Nullable String ofPass(Situation context) {
    for (Check check : context.facts().checks()) {
      if (!context.evidence().measured(check)) {
        return "check " + check.name() + " was not measured";
      }
    }
    for (Metric metric : context.evidence().metrics()) {
      if (metric.outcome() != Metric.Outcome.PASS) {
        return "check " + metric.name() + " does not pass: " + metric.message();
      }
    }
    return gates(context, WebhookType.ROLLOUT);
  }
}
