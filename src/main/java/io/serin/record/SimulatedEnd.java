package io.serin.record;

import io.serin.api.Phase;
import io.serin.fact.Verdict;
import io.serin.rollout.Standing;

/** How a rollout ended, in the recording or in a simulation. */
public enum SimulatedEnd {
  PROMOTED("promoted"),
  ROLLED_BACK("rolled back"),
  /** The promotion failed; the canary was the healthy copy. */
  PROMOTION_FAILED("promotion failed"),
  /** The revision was taken away by those who had brought it. */
  WITHDRAWN("withdrawn"),
  /** The first primary serves. */
  INITIALISED("initialised"),
  /** It had not ended when the recording did. */
  UNFINISHED("unfinished"),
  /** From some tick on nothing can be told. Only in a simulation. */
  CANNOT_TELL("cannot tell");

  private final String words;

  SimulatedEnd(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** The end that a last verdict has led to, if it has led to one. */
  static SimulatedEnd of(Verdict last, Standing after) {
    if (last instanceof Verdict.Cancel) {
      return WITHDRAWN;
    }
    boolean stranded = after.phase() == Phase.FAILED && after.weight() > 0;
    if (stranded || last instanceof Verdict.Settle) {
      return PROMOTION_FAILED;
    }
    return switch (after.phase()) {
      case SUCCEEDED -> PROMOTED;
      case FAILED -> ROLLED_BACK;
      case INITIALIZED -> last instanceof Verdict.Initialise ? INITIALISED : UNFINISHED;
      case NONE,
          INITIALIZING,
          WAITING,
          PROGRESSING,
          WAITING_PROMOTION,
          PROMOTING,
          FINALISING,
          TERMINATING,
          TERMINATED ->
          UNFINISHED;
    };
  }
}
