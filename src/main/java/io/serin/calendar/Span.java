package io.serin.calendar;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param start its first instant
 * @param end the first instant after it
 */
record Span(Instant start, Instant end) {

  boolean contains(Instant at) {
    return !at.isBefore(start) && at.isBefore(end);
  }

  /** Nothing lies between the two. */
  boolean reaches(Span later) {
    return !later.start.isAfter(end);
  }

  Span and(Span later) {
    return new Span(start, later.end.isAfter(end) ? later.end : end);
  }
}
