package io.serin.fact;

import io.serin.api.Phase;
import io.serin.api.Strategy;

/**
 * The canary itself: where its rollout stands according to its status, and how its spec wants it to
 * go.
 *
 * @param name name of the Canary
 * @param namespace namespace of the Canary
 * @param phase phase in its status
 * @param strategy how it shifts traffic, after what its provider is able to do was taken into
 *     account
 * @param weight percent of live traffic that the status grants to the canary, 0 to 100
 * @param maxWeight weight at which the analysis is complete, 0 to 100
 * @param nextWeight weight of the next step, never above {@code maxWeight}
 * @param mirror the analysis starts with a step of mirrored traffic
 * @param iterations iterations done; in a progressive run 1 means that the mirror step was taken
 * @param maxIterations iterations that the analysis wants, 0 in a progressive run
 * @param stepWeightPromotion percent by which traffic goes back to the primary after promotion, 0
 *     for all at once
 * @param failedChecks failed checks so far in this run
 * @param threshold failed checks that end the run, at least 1
 * @param skipAnalysis new revisions are promoted without analysis
 * @param routed the provider shifts live traffic; false for {@code kubernetes}
 * @param due the analysis interval has passed since the last step
 * @param secondsUntilDue seconds until the next step is due, 0 when it is
 * @param interval analysis interval in seconds, at least 10
 * @param deleted the Canary is being deleted
 * @param revertOnDeletion the world is to be put back as it was before the Canary when that is
 *     deleted
 * @param promotedOnce some revision was promoted or initialised before, so that a primary to go
 *     back to exists
 */
public record Rollout(
    String name,
    String namespace,
    Phase phase,
    Strategy strategy,
    int weight,
    int maxWeight,
    int nextWeight,
    boolean mirror,
    int iterations,
    int maxIterations,
    int stepWeightPromotion,
    int failedChecks,
    int threshold,
    boolean skipAnalysis,
    boolean routed,
    boolean due,
    long secondsUntilDue,
    long interval,
    boolean deleted,
    boolean revertOnDeletion,
    boolean promotedOnce) {

  /** The canary was never seen before, or its primary is not ready for the first time yet. */
  public boolean initialising() {
    return phase == Phase.NONE || phase == Phase.INITIALIZING;
  }

  /** Nothing is being rolled out; a new revision may start. */
  public boolean idle() {
    return phase == Phase.INITIALIZED || phase == Phase.SUCCEEDED || phase == Phase.FAILED;
  }

  /** A revision is under analysis, or its promotion waits for approval. */
  public boolean analysing() {
    return phase == Phase.PROGRESSING || phase == Phase.WAITING_PROMOTION;
  }

  /** The analysed revision is on its way into the primary. */
  public boolean promoting() {
    return phase == Phase.PROMOTING || phase == Phase.FINALISING;
  }

  /**
   * The run has left its pre-rollout tick: traffic was shifted or mirrored, or an iteration was
   * done.
   */
  public boolean started() {
    return weight > 0 || iterations > 0;
  }

  /** One more failed check ends the run. */
  public boolean lastChance() {
    return failedChecks + 1 >= threshold;
  }

  /** Live traffic is copied to the canary in the present step. */
  public boolean mirroring() {
    return mirror && started() && weight == 0 && !iterationsDone();
  }

  /** The strategy's last step was taken: what is left is the promotion. */
  public boolean complete() {
    return switch (strategy) {
      case PROGRESSIVE -> weight >= maxWeight;
      case AB_TESTING -> iterations >= maxIterations;
      case BLUE_GREEN -> iterations > maxIterations;
    };
  }

  /** Blue/green only: every iteration is done and all traffic may be routed to the canary. */
  public boolean iterationsDone() {
    return strategy == Strategy.BLUE_GREEN && iterations >= maxIterations;
  }

  /** A promotion failed and the canary, the healthy copy, serves all traffic. */
  public boolean stranded() {
    return phase == Phase.FAILED && weight > 0;
  }
}
