package io.serin.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Answers of one moment. Whoever asks first sends the query; who asks the same before the answer
 * came waits for it, and who asks within a second gets it again. Failures are not kept.
 */
final class QueryCache {
  static final Duration WINDOW = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.MIN);

  QueryCache(InstantSource clock) {
    this.clock = clock;
  }

  /** The same question to the same server with the same credentials. */
  record Key(Backend backend, Query query) {}

  private record Entry(Instant since, CompletableFuture<Reading> reading) {
    boolean isFresh(Instant now) {
      boolean recent = !now.isBefore(since) && now.isBefore(since.plus(WINDOW));
      return recent || !reading.isDone();
    }

    @SuppressWarnings("ReferenceEquality") // two entries may well hold equal answers
    boolean isSame(Entry other) {
      return this == other;
    }
  }

  Reading get(Key key, Supplier<Reading> query) {
    Instant now = clock.instant();
    sweep(now);
    Entry mine = new Entry(now, new CompletableFuture<>());
    Entry entry = entries.compute(key, (_, old) -> old != null && old.isFresh(now) ? old : mine);
    return entry.isSame(mine) ? ask(key, mine, query) : await(entry, key, query);
  }

  int size() {
    return entries.size();
  }

  private Reading ask(Key key, Entry mine, Supplier<Reading> query) {
    Reading reading = new Reading.Failed("the query ended with an error");
    try {
      reading = query.get();
      return reading;
    } finally {
      if (reading instanceof Reading.Failed) {
        entries.remove(key, mine);
      }
      finish(mine, reading);
    }
  }

  /** Who was interrupted has no answer for the others: their ticks go on, so they ask again. */
  private static void finish(Entry mine, Reading reading) {
    if (Thread.currentThread().isInterrupted()) {
      mine.reading().cancel(false);
    } else {
      mine.reading().complete(reading);
    }
  }

  private Reading await(Entry entry, Key key, Supplier<Reading> query) {
    try {
      return entry.reading().get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reading.Failed("the query was interrupted");
    } catch (CancellationException _) {
      entries.remove(key, entry);
      return get(key, query);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void sweep(Instant now) {
    Instant last = swept.get();
    boolean due = !now.isBefore(last.plus(WINDOW)) || now.isBefore(last);
    if (due && swept.compareAndSet(last, now)) {
      entries.values().removeIf(entry -> !entry.isFresh(now));
    }
  }
}
