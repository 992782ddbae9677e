package io.serin.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A token bucket: so many requests a second in the long run, and some more at once. Thread-safe.
 */
final class RateLimit {
  private final double perNano;
  private final double burst;
  private final LongSupplier nanos;
  private double tokens;
  private long last;

  /**
   * @param perSecond requests a second; no limit when 0 or less
   * @param burst requests at once, at least 1
   */
  RateLimit(double perSecond, int burst, LongSupplier nanos) {
    this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
    this.burst = Math.max(1, burst);
    this.nanos = nanos;
    this.tokens = this.burst;
    this.last = nanos.getAsLong();
  }

  /** Takes a token and says how long to wait before using it. */
  synchronized Duration reserve() {
    if (perNano <= 0) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    tokens = Math.min(burst, tokens + (now - last) * perNano) - 1;
    last = now;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / perNano));
  }
}
