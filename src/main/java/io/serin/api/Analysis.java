package io.serin.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a new revision is judged. Weights are percent of the traffic.
 *
 * @param interval time between two ticks, 10 s or more, 60 s unless given
 * @param iterations ticks of an A/B test or of a blue/green analysis, 0 for a progressive one
 * @param threshold failed checks that lead to rollback, 1 or more
 * @param maxWeight the canary's share at which it is promoted; the last of {@code stepWeights} when
 *     there are any
 * @param stepWeightPromotion step by which traffic returns to the promoted primary; 0 moves all at
 *     once
 * @param mirrorWeight percent of requests to mirror, 0 for all
 * @param primaryReadyThreshold percent of the primary's pods that must be ready
 * @param canaryReadyThreshold percent of the canary's pods that must be ready
 */
public record Analysis(
    Duration interval,
    int iterations,
    int threshold,
    int maxWeight,
    int stepWeight,
    List<Integer> stepWeights,
    int stepWeightPromotion,
    boolean mirror,
    int mirrorWeight,
    int primaryReadyThreshold,
    int canaryReadyThreshold,
    List<AnalysisMatch> match,
    List<MetricCheck> metrics,
    List<AlertRef> alerts,
    List<Webhook> webhooks,
    @Nullable SessionAffinity sessionAffinity) {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  /** An analysis in which every field has its default. */
  static final Analysis NONE = read(Fields.none());

  public Analysis {
    interval = interval.compareTo(Names.SHORTEST_INTERVAL) < 0 ? Names.SHORTEST_INTERVAL : interval;
    threshold = Math.max(1, threshold);
    stepWeights = List.copyOf(stepWeights);
    maxWeight = effectiveMaxWeight(maxWeight, stepWeights);
    match = List.copyOf(match);
    metrics = List.copyOf(metrics);
    alerts = List.copyOf(alerts);
    webhooks = List.copyOf(webhooks);
  }

  static Analysis read(Fields f) {
    AnalysisProblems.find(f);
    return new Analysis(
        f.duration("interval", DEFAULT_INTERVAL),
        f.whole("iterations", 0),
        f.whole("threshold", 0),
        f.whole("maxWeight", 0),
        f.whole("stepWeight", 0),
        f.wholes("stepWeights"),
        f.whole("stepWeightPromotion", 0),
        f.flag("mirror"),
        f.whole("mirrorWeight", 0),
        f.whole("primaryReadyThreshold", 100),
        f.whole("canaryReadyThreshold", 100),
        f.list("match", AnalysisMatch::read),
        f.list("metrics", MetricCheck::read),
        f.list("alerts", AlertRef::read),
        f.list("webhooks", Webhook::read),
        f.object("sessionAffinity", SessionAffinity::read));
  }

  private static int effectiveMaxWeight(int maxWeight, List<Integer> stepWeights) {
    if (!stepWeights.isEmpty()) {
      return clamp(stepWeights.getLast());
    }
    return maxWeight > 0 ? clamp(maxWeight) : Names.TOTAL_WEIGHT;
  }

  private static int clamp(int weight) {
    return Math.clamp(weight, 0, Names.TOTAL_WEIGHT);
  }

  public Strategy strategy() {
    if (iterations <= 0) {
      return Strategy.PROGRESSIVE;
    }
    return match.isEmpty() ? Strategy.BLUE_GREEN : Strategy.AB_TESTING;
  }

  /**
   * The weight after the next step of a progressive run, never above {@link #maxWeight}. From a
   * weight that is not in {@code stepWeights} (the list was edited during the run) it is the next
   * greater step (W19). It equals {@code weight} when there is no step to take.
   */
  public int nextWeight(int weight) {
    return Math.min(maxWeight, stepAfter(weight));
  }

  private int stepAfter(int weight) {
    if (stepWeight > 0 || stepWeights.isEmpty()) {
      return weight + clamp(stepWeight);
    }
    return stepWeights.stream().filter(step -> step > weight).findFirst().orElse(maxWeight);
  }

  /** The webhooks of one type in their order. */
  public List<Webhook> webhooks(WebhookType type) {
    return webhooks.stream().filter(hook -> hook.type() == type).toList();
  }
}
