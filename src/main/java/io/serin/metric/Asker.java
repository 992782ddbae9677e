package io.serin.metric;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks backends: the same question in the same moment once, and no backend too much at once. */
final class Asker {
  /** Queries under way at one backend. */
  static final int MOST_AT_ONCE = 32;

  private static final Duration LONGEST_QUEUE = Duration.ofSeconds(10);

  private final Providers providers;
  private final QueryCache cache;
  private final Duration longestQueue;
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

  Asker(Providers providers, InstantSource clock) {
    this(providers, clock, LONGEST_QUEUE);
  }

  Asker(Providers providers, InstantSource clock, Duration longestQueue) {
    this.providers = providers;
    this.cache = new QueryCache(clock);
    this.longestQueue = longestQueue;
  }

  /**
   * Opens a backend without asking it.
   *
   * @throws MetricException when it cannot be used
   */
  Provider open(Backend backend) {
    return providers.open(backend);
  }

  Reading ask(Backend backend, Provider provider, Query query) {
    return cache.get(new QueryCache.Key(backend, query), () -> inTurn(backend, provider, query));
  }

  private Reading inTurn(Backend backend, Provider provider, Query query) {
    Semaphore place = places.computeIfAbsent(backend.toString(), _ -> new Semaphore(MOST_AT_ONCE));
    try {
      if (!place.tryAcquire(longestQueue.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Reading.Failed(busy());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reading.Failed("the query was interrupted");
    }
    try {
      return provider.query(query);
    } finally {
      place.release();
    }
  }

  private String busy() {
    return "the server was busy with %d queries for %d s; make it faster or raise the intervals"
        .formatted(MOST_AT_ONCE, longestQueue.toSeconds());
  }
}
