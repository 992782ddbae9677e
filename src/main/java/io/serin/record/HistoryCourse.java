package io.serin.record;

import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.record.Backfill.Remembered;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import org.jspecify.annotations.Nullable;

/** The course that the controller's own metrics tell: what the next moment shows has happened. */
final class HistoryCourse implements BackfilledCourse {

  private final Canary canary;

  HistoryCourse(Canary canary) {
    this.canary = canary;
  }

  @Override
  public String name() {
    return TickRecord.FROM_HISTORY;
  }

  @Override
  public String rule() {
    return "backfilled from history";
  }

  @Override
  public Standing first(Remembered moment) {
    int weight = moment.weight() == null ? 0 : moment.weight();
    return new Standing(Phase.PROGRESSING, weight, 0, 0);
  }

  @Override
  public @Nullable Step step(Rollout rollout, Remembered now, @Nullable Remembered next) {
    if (next == null) {
      return null;
    }
    return rollout.phase() == Phase.PROMOTING
        ? promoting(rollout, next)
        : analysing(rollout, now, next);
  }

  private static Step promoting(Rollout rollout, Remembered next) {
    int weight = weight(rollout, next);
    if (next.failed()) {
      return step(new Verdict.Strand("the promotion failed"), Phase.FAILED, weight, 0);
    }
    if (next.analysing()) {
      return step(new Verdict.Restart("another revision began"), Phase.PROGRESSING, weight, 0);
    }
    return next.over()
        ? step(new Verdict.Succeed("the run was over"), Phase.SUCCEEDED, 0, 0)
        : step(new Verdict.Hold("the promotion went on"), Phase.PROMOTING, weight, 0);
  }

  private Step analysing(Rollout rollout, Remembered now, Remembered next) {
    int weight = weight(rollout, next);
    if (next.failed()) {
      return step(new Verdict.Rollback("the run had failed"), Phase.FAILED, 0, 0);
    }
    if (next.over()) {
      return ended(rollout);
    }
    if (next.status() != null && next.status() == 1) {
      return step(new Verdict.Promote("the analysis was over"), Phase.PROMOTING, weight, 0);
    }
    if (weight > rollout.weight()) {
      return step(
          new Verdict.Advance(weight, "from %d to %d".formatted(rollout.weight(), weight)),
          Phase.PROGRESSING,
          weight,
          rollout.failedChecks());
    }
    return weight < rollout.weight()
        ? step(new Verdict.Restart("the weight fell"), Phase.PROGRESSING, weight, 0)
        : stayed(rollout, now);
  }

  /** A progressive run that was over long before its last step cannot have succeeded. */
  private Step ended(Rollout rollout) {
    boolean full =
        rollout.strategy() != Strategy.PROGRESSIVE
            || canary.analysis().nextWeight(rollout.weight()) >= rollout.maxWeight();
    return full
        ? step(new Verdict.Promote("the run was over"), Phase.SUCCEEDED, 0, 0)
        : step(new Verdict.Cancel("the run ended before its last step"), Phase.INITIALIZED, 0, 0);
  }

  private static Step stayed(Rollout rollout, Remembered now) {
    Metric bad =
        now.metrics().stream()
            .filter(m -> m.outcome() != Metric.Outcome.PASS)
            .findFirst()
            .orElse(null);
    if (bad != null && rollout.started()) {
      return new Step(
          new Verdict.Halt(bad.message()),
          new Standing(
              Phase.PROGRESSING,
              rollout.weight(),
              rollout.iterations(),
              rollout.failedChecks() + 1));
    }
    if (rollout.strategy() != Strategy.PROGRESSIVE && !rollout.complete()) {
      int iteration = rollout.iterations() + 1;
      return new Step(
          new Verdict.Iterate(iteration, "the run went on"),
          new Standing(Phase.PROGRESSING, 0, iteration, rollout.failedChecks()));
    }
    return new Step(
        new Verdict.Hold("the weight stayed at " + rollout.weight()),
        new Standing(
            Phase.PROGRESSING, rollout.weight(), rollout.iterations(), rollout.failedChecks()));
  }

  /** What is not remembered has not changed. */
  private static int weight(Rollout rollout, Remembered moment) {
    return moment.weight() == null || rollout.strategy() != Strategy.PROGRESSIVE
        ? rollout.weight()
        : moment.weight();
  }

  private static Step step(Verdict verdict, Phase phase, int weight, int failedChecks) {
    return new Step(verdict, new Standing(phase, weight, 0, failedChecks));
  }
}
