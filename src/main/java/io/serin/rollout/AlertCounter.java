package io.serin.rollout;

/** Counts what became of alerts. */
@FunctionalInterface
public interface AlertCounter {

  /** What became of one. */
  enum Result {
    SENT,
    /** The receiver could not be reached, refused it, or is not set up. */
    FAILED,
    /** Too many were waiting. */
    DROPPED
  }

  /**
   * One more.
   *
   * @param receiver type of the receiver; {@code unknown} where that is not known
   */
  void count(String receiver, Result result);
}
