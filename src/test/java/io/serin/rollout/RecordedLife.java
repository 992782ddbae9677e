package io.serin.rollout;

import io.serin.fact.Metric;
import io.serin.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Ticks that a controller has really taken, of a canary with ups and downs; for other rooms. */
public final class RecordedLife {

  /** The rules that decide unless a test says otherwise. */
  public static final Policy DEFAULT_POLICY = Scenario.DEFAULT_POLICY;

  private static final int INTERVALS = 30;

  private RecordedLife() {}

  /** The ways to go about a rollout. */
  public enum Way {
    STEPS("istio", "stepWeight: 10\nmaxWeight: 30"),
    UNEVEN_STEPS("gatewayapi:v1", "stepWeights: [1, 5, 25, 60]\nmaxWeight: 60"),
    MIRRORED("istio", "stepWeight: 20\nmaxWeight: 40\nmirror: true"),
    SHIFTED_BACK("istio", "stepWeight: 20\nmaxWeight: 60\nstepWeightPromotion: 25"),
    GATED(
        "gatewayapi:v1",
        Analyses.hooked(
            "stepWeight: 20\nmaxWeight: 40",
            "confirm-rollout",
            "pre-rollout",
            "rollout",
            "confirm-traffic-increase",
            "confirm-promotion",
            "rollback")),
    AB("istio", "iterations: 3\nmatch: [{headers: {x-canary: {exact: insider}}}]"),
    BLUE_GREEN("istio", "iterations: 3"),
    UNROUTED("kubernetes", "iterations: 2");

    private final String provider;
    private final String analysis;

    Way(String provider, String analysis) {
      this.provider = provider;
      this.analysis =
          analysis + "\nmetrics: [{name: request-success-rate, thresholdRange: {min: 99}}]\n";
    }

    private Scenario scenario() {
      return new Scenario(provider, analysis);
    }
  }

  /**
   * The ticks of a canary whose checks and gates now and then refuse and whose target is now and
   * then replaced or put back; ticks at the interval and in between.
   */
  public static List<TickRecord> of(Way way, long seed) {
    Random random = new Random(seed);
    Scenario scenario = way.scenario();
    scenario.hooks.refuse("rollback");
    scenario.initialised();
    int version = 1;
    for (int i = 0; i < INTERVALS; i++) {
      if (scenario.canary().status().phase().isActive() ? random.nextInt(12) == 0 : i % 2 == 0) {
        scenario.release("7.0." + (random.nextInt(3) == 0 ? version - 2 : version++));
      }
      boolean good = random.nextInt(4) > 0;
      scenario.meter.gives(Analyses.CHECK, good ? Metric.Outcome.PASS : Metric.Outcome.FAIL);
      answer(scenario, "rollout", random.nextInt(8) > 0);
      answer(scenario, "confirm-promotion", random.nextInt(3) > 0);
      answer(scenario, "confirm-traffic-increase", random.nextInt(4) > 0);
      if (random.nextBoolean()) {
        scenario.after(Duration.ofSeconds(7));
      }
      scenario.interval();
    }
    return scenario.records;
  }

  private static void answer(Scenario scenario, String hook, boolean open) {
    if (open) {
      scenario.hooks.allow(hook);
    } else {
      scenario.hooks.refuse(hook);
    }
  }

  /**
   * A rollout in three steps of ten that another policy may decide.
   *
   * @param outcomes what is measured at one interval after the other
   */
  public static List<TickRecord> of(Policy policy, Metric.Outcome... outcomes) {
    Scenario scenario = Way.STEPS.scenario().with(policy).progressing();
    scenario.records.subList(0, scenario.records.size() - 1).clear();
    for (Metric.Outcome outcome : outcomes) {
      scenario.meter.gives(Analyses.CHECK, outcome);
      scenario.interval();
    }
    return scenario.records;
  }
}
