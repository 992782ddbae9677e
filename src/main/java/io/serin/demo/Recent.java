package io.serin.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was added to ever growing counters in the last two seconds. Not safe for several threads.
 */
final class Recent {
  static final Duration WINDOW = Duration.ofSeconds(2);

  private final Supplier<Map<String, Long>> counters;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, Map<String, Long> counts) {}

  Recent(Supplier<Map<String, Long>> counters) {
    this.counters = counters;
  }

  /** Takes a sample; to be called several times a second. */
  void look() {
    long now = System.nanoTime();
    samples.addLast(new Sample(now, counters.get()));
    while (samples.size() > 1 && now - samples.getFirst().nanos > WINDOW.toNanos()) {
      samples.removeFirst();
    }
  }

  Map<String, Long> counts() {
    if (samples.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> before = samples.getFirst().counts;
    Map<String, Long> counts = new HashMap<>(samples.getLast().counts);
    counts.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
    return counts;
  }
}
