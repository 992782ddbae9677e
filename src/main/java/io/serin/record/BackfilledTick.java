package io.serin.record;

import io.serin.api.Analysis;
import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import io.serin.policy.Ask;
import io.serin.policy.Asked;
import io.serin.policy.Proposal;
import io.serin.record.Backfill.Remembered;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tick after the other of a run along its course. What no metric tells is as in a healthy
 * run: both copies are ready, traffic is settled, nobody intervenes, no webhook is declared.
 */
final class BackfilledTick {

  private static final String NEW = "backfilled-new";
  private static final String OLD = "backfilled-old";
  private static final int ITERATIONS_WITHOUT_ROUTES = 10;

  private final Canary canary;
  private final String provider;
  private final boolean routed;
  private final BackfilledCourse course;
  private @Nullable Standing standing;

  BackfilledTick(Canary canary, String provider, BackfilledCourse course) {
    this.canary = canary;
    this.provider = provider;
    this.routed = !provider.equals("kubernetes");
    this.course = course;
  }

  /** The run came to its end. */
  boolean ended() {
    return standing != null
        && standing.phase() != Phase.PROGRESSING
        && standing.phase() != Phase.PROMOTING
        && standing.phase() != Phase.FINALISING;
  }

  /** The tick, null when nobody knows how it ended. */
  @Nullable TickRecord make(long number, Remembered now, @Nullable Remembered next) {
    Standing before = standing == null ? course.first(now) : standing;
    Rollout rollout = rollout(before);
    BackfilledCourse.Step step = course.step(rollout, now, next);
    if (step == null) {
      return null;
    }
    standing = step.after();
    boolean measured = before.phase() == Phase.PROGRESSING && rollout.started();
    List<Metric> metrics = measured ? now.metrics() : List.of();
    return new TickRecord(
        canary.namespace() + "/" + canary.name(),
        number,
        now.at(),
        "backfilled",
        facts(rollout, now),
        metrics.stream().map(this::asked).toList(),
        new Evidence(List.of(), metrics, null),
        List.of(new Proposal(course.rule(), step.verdict(), List.of())),
        step.verdict(),
        null,
        null,
        before,
        step.after(),
        List.of(),
        List.of(),
        Duration.ZERO,
        course.name(),
        List.of());
  }

  private Asked asked(Metric metric) {
    return new Asked(course.rule(), new Ask.Measure(check(metric)));
  }

  private static Check check(Metric metric) {
    return new Check(metric.name(), metric.order(), true);
  }

  private Rollout rollout(Standing now) {
    Analysis analysis = canary.analysis();
    return new Rollout(
        canary.name(),
        canary.namespace(),
        now.phase(),
        routed ? canary.strategy() : Strategy.BLUE_GREEN,
        now.weight(),
        analysis.maxWeight(),
        analysis.nextWeight(now.weight()),
        analysis.mirror() && routed,
        now.iterations(),
        iterations(analysis),
        analysis.stepWeightPromotion(),
        now.failedChecks(),
        analysis.threshold(),
        canary.analysisSkipped(),
        routed,
        true,
        0,
        analysis.interval().toSeconds(),
        false,
        canary.spec().revertOnDeletion(),
        true);
  }

  private int iterations(Analysis analysis) {
    return routed || analysis.iterations() > 0 ? analysis.iterations() : ITERATIONS_WITHOUT_ROUTES;
  }

  private Facts facts(Rollout rollout, Remembered now) {
    boolean copied = rollout.phase() == Phase.PROMOTING || rollout.phase() == Phase.FINALISING;
    return new Facts(
        rollout,
        new Revision(NEW, NEW, OLD, copied ? NEW : OLD, false, false),
        List.of(
            workload(Workload.Role.TARGET, canary.targetName()),
            workload(Workload.Role.PRIMARY, canary.primaryName())),
        new Traffic(
            provider, 100 - rollout.weight(), rollout.weight(), rollout.mirroring(), true, ""),
        List.of(),
        now.metrics().stream().map(BackfilledTick::check).toList(),
        List.of(),
        List.of(),
        Moment.of(now.at(), ZoneOffset.UTC));
  }

  private Workload workload(Workload.Role role, String name) {
    return new Workload(role, name, canary.spec().targetRef().kind(), true, true, false, "", 1, 1);
  }
}
