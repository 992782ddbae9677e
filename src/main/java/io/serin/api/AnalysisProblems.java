package io.serin.api;

import java.util.List;

/**
 * Finds numbers in {@code spec.analysis} that cannot be meant: they would stall a run or make it
 * jump.
 */
final class AnalysisProblems {
  private AnalysisProblems() {}

  static void find(Fields f) {
    percent(f, "maxWeight");
    percent(f, "stepWeight");
    percent(f, "stepWeightPromotion");
    percent(f, "mirrorWeight");
    percent(f, "primaryReadyThreshold");
    percent(f, "canaryReadyThreshold");
    if (f.whole("iterations", 0) < 0) {
      f.error("iterations", "is %d; write 1 or more".formatted(f.whole("iterations", 0)));
    }
    steps(f, f.wholes("stepWeights"));
    strategies(f);
  }

  private static void percent(Fields f, String name) {
    percent(f, name, f.whole(name, 0));
  }

  private static void percent(Fields f, String name, int value) {
    if (value < 0) {
      f.error(name, "is %d; write a percentage from 0 to 100".formatted(value));
    } else if (value > Names.TOTAL_WEIGHT) {
      f.warn(name, "is %d: 100 is used; write a percentage from 0 to 100".formatted(value));
    }
  }

  private static void steps(Fields f, List<Integer> steps) {
    int before = 0;
    for (int i = 0; i < steps.size(); i++) {
      int step = steps.get(i);
      percent(f, "stepWeights[" + i + "]", step);
      if (step >= 0 && step <= before) {
        f.error(
            "stepWeights[" + i + "]",
            "is %d after %d; write weights that increase from step to step"
                .formatted(step, before));
      }
      before = step;
    }
  }

  private static void strategies(Fields f) {
    boolean iterations = f.whole("iterations", 0) > 0;
    boolean stepWeight = f.whole("stepWeight", 0) > 0;
    boolean stepWeights = !f.wholes("stepWeights").isEmpty();
    if (iterations && (stepWeight || stepWeights)) {
      f.error(
          "iterations",
          "is given together with stepWeight or stepWeights; write iterations for A/B tests and"
              + " blue/green, steps for a progressive run");
    } else if (stepWeight && stepWeights) {
      f.error("stepWeight", "is given together with stepWeights; write one of the two");
    }
  }
}
