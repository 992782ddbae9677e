package io.serin.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Equidistant moments of the past.
 *
 * @param from the first
 * @param step time between two of them, above zero
 * @param count how many there are, at least 1
 */
public record TimeWindow(Instant from, Duration step, int count) {

  /** Refuses a window without moments. */
  public TimeWindow {
    if (count < 1 || !step.isPositive()) {
      throw new IllegalArgumentException(
          "window of " + count + " steps of " + step + " holds no moment");
    }
  }

  /** All moments from one to another, both included when the last one is met. */
  public static TimeWindow between(Instant from, Instant to, Duration step) {
    return new TimeWindow(from, step, (int) Duration.between(from, to).dividedBy(step) + 1);
  }

  /** The moment of that number, from 0. */
  public Instant at(int number) {
    return from.plus(step.multipliedBy(number));
  }

  /** The number of the moment nearest to that time; negative before the first. */
  int stepAt(Instant time) {
    Duration since = Duration.between(from, time);
    return (int) Math.round((double) since.toMillis() / step.toMillis());
  }

  /** Windows of at most so many moments that follow each other. */
  List<TimeWindow> parts(int most) {
    List<TimeWindow> parts = new ArrayList<>();
    for (int start = 0; start < count; start += most) {
      parts.add(new TimeWindow(at(start), step, Math.min(most, count - start)));
    }
    return parts;
  }

  <T> List<T> filled(T value) {
    return Collections.nCopies(count, value);
  }
}
