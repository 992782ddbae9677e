package io.serin.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs faster than the wall's. */
final class FastClock implements InstantSource {

  private final InstantSource wall = InstantSource.system();
  private final Instant start = wall.instant();
  private final double speed;

  FastClock(double speed) {
    this.speed = speed;
  }

  @Override
  public Instant instant() {
    long nanos = Duration.between(start, wall.instant()).toNanos();
    return start.plusNanos((long) (nanos * speed));
  }
}
