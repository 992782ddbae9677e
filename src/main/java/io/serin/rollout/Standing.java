package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.Phase;

/**
 * Where a rollout stands.
 *
 * @param phase its phase
 * @param weight percent of live traffic that the status grants to the canary
 * @param iterations iterations done
 * @param failedChecks failed checks in this run
 */
public record Standing(Phase phase, int weight, int iterations, int failedChecks) {

  static Standing of(CanaryStatus status) {
    return new Standing(
        status.phase(), status.canaryWeight(), status.iterations(), status.failedChecks());
  }
}
