package io.serin.record;

import io.serin.api.Phase;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;

/**
 * Where a run, the story of one revision or of the first primary, begins and ends among the ticks
 * of a canary.
 */
final class Runs {

  private Runs() {}

  /** This tick leaves rest, or a run is under way before it already. */
  static boolean belongs(TickRecord tick) {
    return !atRest(tick.after()) || !atRest(tick.before());
  }

  /** After this tick nothing is under way any more. */
  static boolean ends(TickRecord tick) {
    return atRest(tick.after());
  }

  /** With this change the run comes to its end. */
  static boolean ends(Standing before, Standing after) {
    return !atRest(before) && atRest(after);
  }

  private static boolean atRest(Standing standing) {
    return switch (standing.phase()) {
      case NONE, INITIALIZED, SUCCEEDED, TERMINATED -> true;
      case FAILED -> standing.weight() == 0;
      case INITIALIZING,
          WAITING,
          PROGRESSING,
          WAITING_PROMOTION,
          PROMOTING,
          FINALISING,
          TERMINATING ->
          false;
    };
  }

  /** A rollout that ended in this phase ended well. */
  static boolean endedWell(Phase phase) {
    return phase == Phase.SUCCEEDED || phase == Phase.INITIALIZED;
  }
}
