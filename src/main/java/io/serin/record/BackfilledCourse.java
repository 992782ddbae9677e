package io.serin.record;

import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.record.Backfill.Remembered;
import io.serin.rollout.Standing;
import org.jspecify.annotations.Nullable;

/** Where a run that nobody recorded went. */
interface BackfilledCourse {

  /** The value of {@code backfilled} in its ticks. */
  String name();

  /** In place of a rule. */
  String rule();

  /** Where the run stands at its first moment. */
  Standing first(Remembered moment);

  /**
   * What happened between two moments; null when nobody knows.
   *
   * @param rollout where the run stands
   * @param now the moment of the tick
   * @param next the moment after it, null when there is none
   */
  @Nullable Step step(Rollout rollout, Remembered now, @Nullable Remembered next);

  /**
   * A step of the run.
   *
   * @param verdict what a policy would have had to say
   * @param after where the run stands afterwards
   */
  record Step(Verdict verdict, Standing after) {}
}
