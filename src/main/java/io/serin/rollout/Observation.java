package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Facts;
import io.serin.traffic.Router;
import io.serin.workload.Scaler;
import io.serin.workload.Target;
import io.serin.workload.TrackedConfigs;
import org.jspecify.annotations.Nullable;

/**
 * What a tick sees of a canary: the facts for the rules, and the objects behind them for the
 * effects.
 *
 * @param canary spec and status
 * @param plan how it goes about its rollout
 * @param kind kind of its workload; null when that is unknown
 * @param router its provider; null when that is unknown
 * @param scaler kind of its autoscaler; null when it has none
 * @param target the user's workload; null when there is none
 * @param primary the primary; null when there is none
 * @param configs tracked configuration of the target
 * @param facts what the rules see
 */
record Observation(
    Canary canary,
    Plan plan,
    @Nullable Target kind,
    @Nullable Router router,
    @Nullable Scaler scaler,
    @Nullable KubeObject target,
    @Nullable KubeObject primary,
    TrackedConfigs configs,
    Facts facts) {

  /** The same with the facts as the policy saw them. */
  Observation with(Facts others) {
    return new Observation(canary, plan, kind, router, scaler, target, primary, configs, others);
  }
}
