package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Rollout;
import io.serin.traffic.Split;

/**
 * How a canary goes about its rollout once its provider's abilities are taken into account.
 *
 * @param strategy effective strategy
 * @param iterations effective iterations, 0 for a progressive run
 * @param routed the provider shifts live traffic
 */
record Plan(Strategy strategy, int iterations, boolean routed) {

  /** The provider without routing objects; the apex Service always selects the primary. */
  static final String KUBERNETES = "kubernetes";

  private static final int DEFAULT_ITERATIONS = 10;

  /**
   * The plan of a canary. Without routing only blue/green is possible, so there, as in Flagger,
   * conditions are ignored and missing iterations are ten.
   */
  static Plan of(Canary canary, String provider) {
    int iterations = canary.analysis().iterations();
    if (provider.equals(KUBERNETES)) {
      return new Plan(Strategy.BLUE_GREEN, iterations > 0 ? iterations : DEFAULT_ITERATIONS, false);
    }
    return new Plan(canary.strategy(), iterations, true);
  }

  /** The split of live traffic that a status stands for. */
  Split split(Canary canary) {
    boolean mirror = routed && canary.analysis().mirror();
    return split(Standing.of(canary.status()), strategy, mirror);
  }

  /** The same for a rollout whose status is known as facts only. */
  static Split split(Rollout rollout) {
    return split(Standing.of(rollout), rollout.strategy(), rollout.mirror());
  }

  /** The one place that knows. */
  private static Split split(Standing standing, Strategy strategy, boolean mirror) {
    return switch (standing.phase()) {
      case NONE,
          INITIALIZING,
          INITIALIZED,
          WAITING,
          FINALISING,
          SUCCEEDED,
          TERMINATING,
          TERMINATED ->
          Split.PRIMARY;
      case FAILED, PROMOTING -> Split.canary(standing.weight());
      case PROGRESSING, WAITING_PROMOTION -> analysing(standing, strategy, mirror);
    };
  }

  private static Split analysing(Standing standing, Strategy strategy, boolean mirror) {
    if (standing.weight() > 0) {
      return Split.canary(standing.weight());
    }
    boolean started = standing.iterations() > 0;
    return switch (strategy) {
      case AB_TESTING -> started ? Split.canary(100) : Split.PRIMARY;
      case PROGRESSIVE, BLUE_GREEN -> new Split(100, 0, started && mirror);
    };
  }

  /**
   * Whether a canary has no primary to send traffic to yet, so that neither the apex nor the routes
   * may be touched.
   */
  static boolean untouched(Canary canary) {
    Phase phase = canary.status().phase();
    return phase == Phase.NONE
        || phase == Phase.INITIALIZING
        || (phase == Phase.FAILED && canary.status().lastPromotedSpec().isEmpty());
  }

  /** Whether an iteration is the one that routes everything to the green copy. */
  static boolean routesAll(Rollout rollout, int iteration) {
    return rollout.strategy() == Strategy.BLUE_GREEN && iteration > rollout.maxIterations();
  }
}
