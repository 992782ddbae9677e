package io.serin.rollout;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does tasks without making anybody wait: those of one key one after the other, those of different
 * keys at the same time. Safe for use by any thread.
 */
final class OrderedTasks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OrderedTasks.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Semaphore places;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** The last task of each key that has any. */
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * @param most tasks that may wait or run at once, 1 or more
   */
  OrderedTasks(int most) {
    places = new Semaphore(most);
  }

  /** Takes a task on; false when there are too many. */
  boolean offer(String key, Runnable task) {
    if (!places.tryAcquire()) {
      return false;
    }
    CompletableFuture<Void> mine = last.compute(key, (_, before) -> after(before, task));
    var _ = mine.thenRun(() -> last.remove(key, mine));
    return true;
  }

  /** Gives what was taken on some seconds, then interrupts it. */
  @Override
  public void close() {
    try {
      CompletableFuture.allOf(last.values().toArray(new CompletableFuture<?>[0]))
          .get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      log.atWarn().log("some webhooks and alerts were not told when the controller stopped");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    executor.close();
  }

  private CompletableFuture<Void> after(@Nullable CompletableFuture<Void> before, Runnable task) {
    CompletableFuture<Void> start =
        before == null ? CompletableFuture.completedFuture(null) : before;
    return start.thenRunAsync(() -> run(task), executor).handle((_, _) -> finished());
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("a webhook or an alert could not be told");
    }
  }

  private @Nullable Void finished() {
    places.release();
    return null;
  }
}
