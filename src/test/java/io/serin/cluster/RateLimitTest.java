package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void aBurstPassesAndTheNextWaits() {
    RateLimit limit = new RateLimit(10, 3, now::get);

    assertThat(limit.reserve()).isZero();
    assertThat(limit.reserve()).isZero();
    assertThat(limit.reserve()).isZero();
    assertThat(limit.reserve()).isEqualTo(Duration.ofMillis(100));
    assertThat(limit.reserve()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void timeRefillsUpToTheBurst() {
    RateLimit limit = new RateLimit(10, 2, now::get);
    limit.reserve();
    limit.reserve();

    now.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(limit.reserve()).isZero();
    assertThat(limit.reserve()).isZero();
    assertThat(limit.reserve()).isPositive();
  }

  @Test
  void zeroIsNoLimit() {
    RateLimit limit = new RateLimit(0, 1, now::get);

    for (int i = 0; i < 100; i++) {
      assertThat(limit.reserve()).isZero();
    }
  }
}
