package io.serin.rollout;

import io.serin.api.Phase;
import io.serin.fact.Workload;
import io.serin.fact.Workload.Role;
import org.jspecify.annotations.Nullable;

/** Guard rail 2: traffic goes where pods are. Each part is a refusal, or null. */
final class Availability {

  private Availability() {}

  /** The canary carries traffic that a primary without an available pod cannot take back. */
  static boolean isStranding(Situation context) {
    boolean live = Plan.split(context.facts().rollout()).canary() > 0;
    return live && !isAlive(context, Role.PRIMARY) && isAlive(context, Role.TARGET);
  }

  static @Nullable String retreat(Situation context) {
    return isStranding(context)
        ? "the primary has no available pod to take the traffic back"
        : null;
  }

  /** Only a failed promotion sends everybody to the canary, or a primary that is gone. */
  static @Nullable String stranding(Situation context) {
    return isStranding(context)
        ? null
        : GuardRails.phase(context, Phase.PROMOTING, Phase.FINALISING);
  }

  /** The apex goes back to the target once that has a pod, unless nobody has one. */
  static @Nullable String targetTakesOver(Situation context) {
    Workload target = context.facts().workload(Role.TARGET);
    boolean outage = target != null && target.available() == 0 && isAlive(context, Role.PRIMARY);
    return outage && context.facts().rollout().revertOnDeletion()
        ? "the target has no available pod to take the traffic back"
        : null;
  }

  static @Nullable String primaryServes(Situation context) {
    Workload primary = context.facts().workload(Role.PRIMARY);
    return primary == null || !primary.serving() ? "the primary does not serve" : null;
  }

  static @Nullable String targetReady(Situation context) {
    Workload target = context.facts().workload(Role.TARGET);
    return target == null || !target.serving() ? "the canary is not ready for traffic" : null;
  }

  static @Nullable String targetAlive(Situation context) {
    return isAlive(context, Role.TARGET) ? null : "the canary has no available pod";
  }

  private static boolean isAlive(Situation context, Role role) {
    Workload workload = context.facts().workload(role);
    return workload != null && workload.available() > 0;
  }
}
