package io.serin.policy.check;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where a rollout may stand: the states that a controller can bring one into. */
final class Rollouts {

  private static final int THRESHOLD = 3;
  private static final int ITERATIONS = 3;
  private static final int MAX_WEIGHT = 50;
  private static final int STEP = 10;

  private final Boundaries boundaries;
  private final Set<Integer> askedSteps;
  private final List<List<Object>> all = new ArrayList<>();

  private Rollouts(Boundaries boundaries) {
    this.boundaries = boundaries;
    this.askedSteps = numbers("nextWeight", new Choices().usually("nextWeight", STEP));
  }

  static List<List<Object>> of(Boundaries boundaries) {
    Rollouts rollouts = new Rollouts(boundaries);
    // By phase, so that the product of the rest stays one that is walked and not sampled.
    for (Phase phase : Phase.values()) {
      for (Strategy strategy : Strategy.values()) {
        boundaries.each(
            Rollout.class,
            rollouts.choices(phase, strategy),
            rollouts::plausible,
            rollout -> rollouts.all.add(List.of(rollout)));
      }
    }
    return rollouts.all;
  }

  private Choices choices(Phase phase, Strategy strategy) {
    Choices choices =
        new Choices()
            .usually("name", "podinfo")
            .usually("namespace", "test")
            .only("phase", phase)
            .only("strategy", strategy)
            .usually("interval", 60L)
            .usually("secondsUntilDue", 0L, 30L)
            .only("deleted", deleted(phase));
    boolean analysing = phase == Phase.PROGRESSING || phase == Phase.WAITING_PROMOTION;
    failedChecks(choices, analysing);
    if (phase == Phase.PROMOTING || phase == Phase.FINALISING) {
      choices.usually("weight", 0, 20, MAX_WEIGHT).usually("stepWeightPromotion", 0, 20, 60);
    } else {
      choices.only("weight", phase == Phase.FAILED ? List.of(0, 100) : List.of(0));
      choices.only("stepWeightPromotion", 0);
    }
    if (strategy == Strategy.PROGRESSIVE) {
      steps(choices, analysing);
    } else {
      iterations(choices, analysing);
    }
    return choices;
  }

  private static List<Boolean> deleted(Phase phase) {
    boolean ending = phase == Phase.TERMINATING || phase == Phase.TERMINATED;
    return ending ? List.of(true) : List.of(false, true);
  }

  private void failedChecks(Choices choices, boolean analysing) {
    choices.usually("threshold", THRESHOLD);
    Set<Integer> failed = new TreeSet<>(Set.of(0));
    if (analysing) {
      for (int threshold : numbers("threshold", choices)) {
        failed.addAll(List.of(1, threshold - 1, threshold));
      }
      failed.addAll(numbers("failedChecks", new Choices().usually("failedChecks", 0)));
    }
    choices.only("failedChecks", List.copyOf(failed));
  }

  private void steps(Choices choices, boolean analysing) {
    choices.usually("maxWeight", MAX_WEIGHT).only("maxIterations", 0);
    choices.only("iterations", analysing ? List.of(0, 1) : List.of(0));
    choices.only("nextWeight", STEP);
    if (analysing) {
      Set<Integer> weights = new TreeSet<>(numbers("maxWeight", choices));
      choices.usually("weight", 0, 20, MAX_WEIGHT);
      weights.addAll(numbers("weight", choices));
      choices.only("weight", List.copyOf(weights));
      Set<Integer> next = new TreeSet<>();
      for (int weight : weights) {
        numbers("maxWeight", choices).forEach(most -> next.add(Math.min(most, weight + STEP)));
      }
      next.addAll(askedSteps);
      choices.only("nextWeight", List.copyOf(next));
    }
  }

  private void iterations(Choices choices, boolean analysing) {
    choices.usually("maxWeight", MAX_WEIGHT);
    choices.only("nextWeight", analysing ? List.of(STEP, MAX_WEIGHT) : List.of(STEP));
    if (!analysing) {
      choices.only("iterations", 0).usually("maxIterations", ITERATIONS);
      return;
    }
    choices.only("weight", 0, 100).usually("iterations", 0, 1);
    Set<Integer> most = new TreeSet<>(numbers("iterations", choices));
    most.removeIf(iterations -> iterations < ITERATIONS);
    choices.usually("maxIterations", ITERATIONS);
    most.addAll(numbers("maxIterations", choices));
    choices.only("maxIterations", List.copyOf(most));
    Set<Integer> done = new TreeSet<>(numbers("iterations", choices));
    most.forEach(iterations -> done.addAll(List.of(iterations, iterations + 1)));
    choices.only("iterations", List.copyOf(done));
  }

  private Set<Integer> numbers(String component, Choices choices) {
    return boundaries.numbers(Rollout.class, component, choices);
  }

  private boolean plausible(Rollout r) {
    boolean fresh = r.phase() == Phase.NONE || r.phase() == Phase.INITIALIZING;
    if (r.due() != (r.secondsUntilDue() == 0)) {
      return false;
    }
    if (r.phase() != Phase.FAILED && r.phase() != Phase.TERMINATING && r.promotedOnce() == fresh) {
      return false;
    }
    if (r.weight() == 100 && r.phase() == Phase.FAILED && !r.promotedOnce()) {
      return false;
    }
    return r.failedChecks() <= r.threshold()
        && r.maxWeight() <= 100
        && (r.strategy() == Strategy.PROGRESSIVE ? stepping(r) : iterating(r));
  }

  private boolean stepping(Rollout r) {
    if (!r.analysing()) {
      return true;
    }
    return r.weight() >= r.maxWeight()
        ? r.weight() == r.maxWeight() && r.nextWeight() == r.maxWeight()
        : r.nextWeight() == Math.min(r.maxWeight(), r.weight() + STEP)
            || askedSteps.contains(r.nextWeight())
                && r.weight() < r.nextWeight()
                && r.nextWeight() <= r.maxWeight();
  }

  private static boolean iterating(Rollout r) {
    int most = r.maxIterations();
    boolean green = r.strategy() == Strategy.BLUE_GREEN && r.iterations() > most;
    if (r.phase().isActive() && r.weight() == 100 != green) {
      return !r.analysing() && r.weight() <= 50;
    }
    if (r.iterations() > (r.strategy() == Strategy.AB_TESTING ? most : most + 1)) {
      return false;
    }
    return !r.analysing() || r.nextWeight() == (r.weight() == 0 ? STEP : MAX_WEIGHT);
  }
}
