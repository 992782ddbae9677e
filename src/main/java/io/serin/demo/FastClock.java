package io.serin.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock that starts now and runs faster than the one on the wall. */
final class FastClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;
  private final double speed;

  /**
   * @param speed seconds that pass here in one real second, above 0
   */
  FastClock(Instant start, LongSupplier nanos, double speed) {
    this.start = start;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.speed = speed;
  }

  static FastClock startingNow(double speed) {
    return new FastClock(Instant.now(), System::nanoTime, speed);
  }

  @Override
  public Instant instant() {
    return start.plusNanos((long) ((nanos.getAsLong() - startNanos) * speed));
  }

  /** How long a time of this clock takes really. */
  Duration real(Duration here) {
    return Duration.ofNanos((long) (here.toNanos() / speed));
  }
}
