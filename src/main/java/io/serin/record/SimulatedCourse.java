package io.serin.record;

import io.serin.fact.Facts;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Verdict;
import io.serin.rollout.DryRun;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulated rollout stands once it has left the recorded course: what its status would say,
 * and when its last step was. From it and a recorded tick follow the facts of a simulated tick: the
 * recorded ones, but for the rollout's standing, its traffic and the revisions of its status.
 *
 * @param standing phase, weight and counters
 * @param applied revision that its run is about
 * @param promoted revision that was promoted last
 * @param primary revision that its primary carries, as far as promotions of its own are concerned
 * @param lastStep when it last took a step or could have
 */
record SimulatedCourse(
    Standing standing, String applied, String promoted, String primary, Instant lastStep) {

  /** The course that leaves the recorded one with this tick. */
  static SimulatedCourse from(TickRecord tick) {
    Rollout rollout = tick.facts().rollout();
    Revision revision = tick.facts().revision();
    long since =
        rollout.due() ? rollout.interval() : rollout.interval() - rollout.secondsUntilDue();
    return new SimulatedCourse(
        Standing.of(rollout),
        revision == null ? "" : revision.applied(),
        revision == null ? "" : revision.promoted(),
        revision == null ? "" : revision.primary(),
        tick.at().minusSeconds(since));
  }

  /** What is observed at a recorded tick, on this course. */
  Facts facts(TickRecord tick, int nextWeight) {
    Facts then = tick.facts();
    Rollout rollout = rollout(then.rollout(), tick.at(), nextWeight);
    return new Facts(
        rollout,
        revision(then),
        then.workloads(),
        traffic(then, rollout),
        then.hooks(),
        then.checks(),
        then.interventions(),
        then.problems(),
        then.moment(),
        then.surroundings());
  }

  /** The course after a tick. */
  SimulatedCourse after(TickRecord tick, Facts facts, DryRun.Outcome outcome) {
    boolean stepped = facts.rollout().due() || !outcome.after().equals(standing);
    SimulatedCourse next = revisions(facts.revision(), outcome.verdict());
    return new SimulatedCourse(
        outcome.after(),
        next.applied,
        next.promoted,
        next.primary,
        stepped ? tick.at().truncatedTo(ChronoUnit.SECONDS) : lastStep);
  }

  private SimulatedCourse revisions(@Nullable Revision revision, Verdict verdict) {
    if (revision == null) {
      return this;
    }
    return switch (verdict) {
      case Verdict.Start _, Verdict.Restart _, Verdict.Cancel _, Verdict.Abandon _ ->
          with(revision.target(), promoted, primary);
      case Verdict.Rebaseline _ ->
          with(
              revision.target(),
              applied.equals(promoted) ? revision.target() : promoted,
              revision.primary());
      case Verdict.Initialise _ -> with(revision.target(), revision.target(), revision.primary());
      case Verdict.Promote _, Verdict.PromoteEarly _ -> with(applied, promoted, applied);
      case Verdict.Succeed _, Verdict.PromoteUnanalysed _ -> with(applied, applied, applied);
      default -> this;
    };
  }

  private SimulatedCourse with(String newApplied, String newPromoted, String newPrimary) {
    return new SimulatedCourse(standing, newApplied, newPromoted, newPrimary, lastStep);
  }

  /**
   * A step is due where it was due in the recording, since only there something was measured, and
   * an interval has passed on this course, too.
   */
  private Rollout rollout(Rollout then, Instant now, int nextWeight) {
    long left = Duration.between(now, lastStep.plusSeconds(then.interval())).toSeconds();
    return new Rollout(
        then.name(),
        then.namespace(),
        standing.phase(),
        then.strategy(),
        standing.weight(),
        then.maxWeight(),
        nextWeight,
        then.mirror(),
        standing.iterations(),
        then.maxIterations(),
        then.stepWeightPromotion(),
        standing.failedChecks(),
        then.threshold(),
        then.skipAnalysis(),
        then.routed(),
        then.due() && left <= 0,
        Math.max(then.secondsUntilDue(), Math.max(0, left)),
        then.interval(),
        then.deleted(),
        then.revertOnDeletion(),
        then.promotedOnce());
  }

  private @Nullable Revision revision(Facts then) {
    Revision revision = then.revision();
    return revision == null
        ? null
        : new Revision(
            revision.target(),
            applied,
            promoted,
            carried(then.rollout(), revision),
            revision.configsChanged(),
            revision.foreign());
  }

  /** A copy that the recording shows under way is taken from it; any other is there at once. */
  private String carried(Rollout then, Revision recorded) {
    boolean underWay = then.promoting() && primary.equals(recorded.applied());
    return underWay || then.initialising() ? recorded.primary() : primary;
  }

  /** Traffic that the recording shows at the same standing is as it was, any other has settled. */
  private @Nullable Traffic traffic(Facts then, Rollout rollout) {
    Traffic traffic = then.traffic();
    return traffic == null || Standing.of(then.rollout()).equals(standing)
        ? traffic
        : DryRun.settled(rollout, traffic.provider());
  }
}
