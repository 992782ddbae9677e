package io.serin.fact;

/**
 * An entry of the change calendar that concerns this canary: a freeze, or the time outside of all
 * change windows. None is known where the controller has no calendar.
 *
 * @param name name of the entry; {@code change windows} for the time outside of all windows
 * @param active it holds now
 * @param reason why, as the calendar says it
 * @param secondsLeft seconds until it ends, 0 while it is not active; a year and a day stands for
 *     anything later
 * @param secondsUntil seconds until it begins, 0 while it is active; a year and a day stands for
 *     anything later
 */
public record Freeze(
    String name, boolean active, String reason, long secondsLeft, long secondsUntil) {

  /** Minutes until it ends, rounded up; 0 while it is not active. */
  public long minutesLeft() {
    return (secondsLeft + 59) / 60;
  }

  /** Minutes until it begins, rounded up; 0 while it is active. */
  public long minutesUntil() {
    return (secondsUntil + 59) / 60;
  }
}
