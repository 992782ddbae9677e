package io.serin.record;

import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.record.Backfill.Remembered;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import org.jspecify.annotations.Nullable;

/** Each step of the spec at its time, whatever was measured, up to success. */
final class ScheduleCourse implements BackfilledCourse {

  private final Canary canary;

  ScheduleCourse(Canary canary) {
    this.canary = canary;
  }

  @Override
  public String name() {
    return TickRecord.FROM_SCHEDULE;
  }

  @Override
  public String rule() {
    return "backfilled from the schedule of the spec";
  }

  @Override
  public Standing first(Remembered moment) {
    return new Standing(Phase.PROGRESSING, 0, 0, 0);
  }

  @Override
  public Step step(Rollout rollout, Remembered now, @Nullable Remembered next) {
    int weight = rollout.weight();
    return switch (rollout.phase()) {
      case PROMOTING -> step(new Verdict.Finalise("the schedule goes on"), Phase.FINALISING, 0, 0);
      case FINALISING -> step(new Verdict.Succeed("the schedule ends"), Phase.SUCCEEDED, 0, 0);
      default ->
          rollout.complete()
              ? step(
                  new Verdict.Promote("the schedule is complete"),
                  Phase.PROMOTING,
                  weight,
                  rollout.iterations())
              : analysed(rollout);
    };
  }

  private Step analysed(Rollout rollout) {
    int iteration = rollout.iterations() + 1;
    if (rollout.strategy() != Strategy.PROGRESSIVE) {
      return step(
          new Verdict.Iterate(iteration, "iteration " + iteration + " of the schedule"),
          Phase.PROGRESSING,
          0,
          iteration);
    }
    if (rollout.mirror() && !rollout.started()) {
      return step(
          new Verdict.Mirror("the schedule begins with mirrored traffic"), Phase.PROGRESSING, 0, 1);
    }
    int weight = canary.analysis().nextWeight(rollout.weight());
    return step(
        new Verdict.Advance(weight, "from %d to %d".formatted(rollout.weight(), weight)),
        Phase.PROGRESSING,
        weight,
        0);
  }

  private static Step step(Verdict verdict, Phase phase, int weight, int iterations) {
    return new Step(verdict, new Standing(phase, weight, iterations, 0));
  }
}
