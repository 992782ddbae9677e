package io.serin.fact;

/**
 * How careful a verdict is. Of all that is proposed in a tick the most careful wins; the first here
 * is that.
 */
public enum Caution {
  /** The user deletes the Canary: nothing else matters any more. */
  RELEASE,
  /** The user wants everything left alone. */
  SUSPEND,
  /** All traffic back to the healthy copy; the revision is rejected. */
  ROLLBACK,
  /** Traffic is taken from the canary without a judgement of its revision. */
  RETREAT,
  /** Nothing moves until a person says so. */
  FREEZE,
  /** Nothing moves and the tick counts as a failed check. */
  HALT,
  /** Nothing moves in this tick. */
  HOLD,
  /** A step forward. */
  PROGRESS,
  /** There is nothing to do. */
  IDLE
}
