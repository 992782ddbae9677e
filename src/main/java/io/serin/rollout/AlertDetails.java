package io.serin.rollout;

import io.serin.alert.Alert;
import io.serin.api.Analysis;
import io.serin.api.Canary;
import io.serin.fact.Rollout;
import java.util.List;
import java.util.stream.Collectors;

/** What the alerts that begin a canary or a run say beside their text. */
final class AlertDetails {

  private AlertDetails() {}

  static List<Alert.Field> of(Canary canary, Rollout rollout) {
    return List.of(
        new Alert.Field(
            "Target",
            canary.spec().targetRef().kind()
                + "/"
                + canary.targetName()
                + "."
                + canary.namespace()),
        new Alert.Field("Failed checks threshold", "" + rollout.threshold()),
        new Alert.Field("Progress deadline", canary.spec().progressDeadlineSeconds() + "s"),
        new Alert.Field("Traffic routing", routing(canary.analysis(), rollout)));
  }

  /** Empty where no step is configured. */
  private static String routing(Analysis analysis, Rollout rollout) {
    return switch (rollout.strategy()) {
      case AB_TESTING -> "A/B Testing";
      case BLUE_GREEN -> "Blue/Green";
      case PROGRESSIVE -> steps(analysis);
    };
  }

  private static String steps(Analysis analysis) {
    if (analysis.stepWeight() > 0) {
      return "Weight step: %d max: %d".formatted(analysis.stepWeight(), analysis.maxWeight());
    }
    String steps =
        analysis.stepWeights().stream().map(String::valueOf).collect(Collectors.joining(","));
    return steps.isEmpty() ? "" : "Weight steps: %s max: %d".formatted(steps, analysis.maxWeight());
  }
}
