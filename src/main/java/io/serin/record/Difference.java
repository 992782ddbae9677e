package io.serin.record;

/** How two policies differ over a whole recorded rollout. */
public enum Difference {
  /** Every verdict is the same. */
  SAME("same"),
  /** The candidate ends the run earlier. Up to there nothing differs, so this may be claimed. */
  EARLIER_STOP("earlier stop"),
  /**
   * The candidate gives the canary more than it had; what would have come of it nobody knows. Never
   * a win.
   */
  GOES_FURTHER("goes further"),
  /** The candidate waits where the baseline moves, and neither stops what the other lets pass. */
  TIMING_ONLY("timing only"),
  /** The recording lacks answers, or left the baseline's own course, before anything differs. */
  CANNOT_TELL("cannot tell");

  private final String words;

  Difference(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
