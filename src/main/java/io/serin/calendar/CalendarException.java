package io.serin.calendar;

/**
 * A calendar that cannot be understood; the message names the entry, its value and what to write.
 */
public final class CalendarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message of one line. */
  public CalendarException(String message) {
    super(message);
  }
}
