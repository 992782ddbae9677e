package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;

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

  /** Where the rollout of these facts stands. */
  public static Standing of(Rollout rollout) {
    return new Standing(
        rollout.phase(), rollout.weight(), rollout.iterations(), rollout.failedChecks());
  }

  /**
   * Where it stands once a verdict that the guard rails let pass is carried out. The only code that
   * changes phase, weight and counters; pure.
   */
  Standing after(Facts facts, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Suspend _,
          Verdict.Freeze _,
          Verdict.Hold _,
          Verdict.Idle _,
          Verdict.Release _,
          Verdict.Rebaseline _ ->
          this;
      case Verdict.Await wait -> in(waiting(wait.gate()));
      case Verdict.Halt _ -> new Standing(phase, weight, iterations, failedChecks + 1);
      case Verdict.Terminate _ -> at(Phase.TERMINATING, 0);
      // The revision of the run stays the applied one, so that a newer one is seen as new (W1).
      case Verdict.Rollback _ -> begin(Phase.FAILED, 0);
      case Verdict.Strand _ -> begin(Phase.FAILED, 100);
      case Verdict.Abandon _ -> at(Phase.FAILED, 0);
      case Verdict.Cancel _ -> begin(withdrawn(facts), 0);
      case Verdict.Restart _ -> begin(Phase.PROGRESSING, 0);
      case Verdict.Start _ -> begin(Phase.PROGRESSING, weight);
      case Verdict.Accept _ -> in(Phase.INITIALIZING);
      case Verdict.Initialise _ -> begin(Phase.INITIALIZED, 0);
      case Verdict.Mirror _ -> new Standing(phase, weight, 1, failedChecks);
      case Verdict.Iterate step -> iterated(facts.rollout(), step.iteration());
      case Verdict.Advance step -> at(phase, step.weight());
      case Verdict.Promote _ -> promoting(facts.rollout());
      case Verdict.PromoteEarly _ -> in(Phase.PROMOTING);
      case Verdict.PromoteUnanalysed _, Verdict.Succeed _ -> at(Phase.SUCCEEDED, 0);
      case Verdict.Shift step -> new Standing(phase, step.weight(), iterations, failedChecks);
      case Verdict.Finalise _ -> at(Phase.FINALISING, 0);
      case Verdict.Settle _ -> at(phase, 0);
    };
  }

  private Standing in(Phase other) {
    return new Standing(other, weight, iterations, failedChecks);
  }

  private Standing at(Phase other, int newWeight) {
    return new Standing(other, newWeight, 0, failedChecks);
  }

  /** Counters begin anew. */
  private static Standing begin(Phase phase, int weight) {
    return new Standing(phase, weight, 0, 0);
  }

  /** The phase that waits for a gate; only two of the gates have one. */
  private Phase waiting(Gate gate) {
    return gate.type() == WebhookType.CONFIRM_ROLLOUT
        ? Phase.WAITING
        : gate.type() == WebhookType.CONFIRM_PROMOTION ? Phase.WAITING_PROMOTION : phase;
  }

  /** A withdrawn revision leaves the canary as it was before the run: initialised, or failed. */
  private static Phase withdrawn(Facts facts) {
    Revision revision = facts.revision();
    return revision != null && revision.target().equals(revision.promoted())
        ? Phase.INITIALIZED
        : Phase.FAILED;
  }

  private Standing iterated(Rollout rollout, int iteration) {
    int share = Plan.routesAll(rollout, iteration) ? all(rollout) : weight;
    return new Standing(phase, share, iteration, failedChecks);
  }

  private Standing promoting(Rollout rollout) {
    int share = rollout.maxIterations() > 0 ? all(rollout) : weight;
    return new Standing(Phase.PROMOTING, share, iterations, failedChecks);
  }

  /** Weight that the status carries once all live traffic is meant to be on the canary. */
  private static int all(Rollout rollout) {
    return rollout.routed() ? 100 : 0;
  }
}
