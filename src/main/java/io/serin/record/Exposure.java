package io.serin.record;

import java.time.Duration;
import java.time.Instant;

/** Weight times time: 50 percent-minutes are five minutes at weight 10. */
final class Exposure {

  private double percentSeconds;

  void add(int weight, Instant from, Instant to) {
    percentSeconds += weight * (Duration.between(from, to).toMillis() / 1000.0);
  }

  /** With one digit after the point. */
  double percentMinutes() {
    return Math.round(percentSeconds / 60 * 10) / 10.0;
  }
}
