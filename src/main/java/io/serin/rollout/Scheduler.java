package io.serin.rollout;

import io.serin.api.ObjectRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs ticks: one at a time for a rollout, as many rollouts at once as there are, each on a virtual
 * thread of its own, so that one that hangs or throws touches no other. A rollout that wants no
 * timer costs nothing until it is woken.
 */
final class Scheduler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final Function<ObjectRef, @Nullable Duration> job;
  private final double speed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("serin-timer").factory());

  /** Guards {@link #entries} and the fields of each entry, and is waited on by {@link #close}. */
  private final Object lock = new Object();

  private final Map<ObjectRef, Entry> entries = new HashMap<>();
  private int running;
  private boolean closed;

  /**
   * @param job runs one tick; answers after which time of its own clock the next is wanted, null
   *     for none before the next wake
   * @param speed how many times faster than the wall clock the job's clock runs
   */
  Scheduler(Function<ObjectRef, @Nullable Duration> job, double speed) {
    this.job = job;
    this.speed = speed;
  }

  /** Runs a tick as soon as possible; one that is running now is followed by another. */
  void wake(ObjectRef ref) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      Entry entry = entries.computeIfAbsent(ref, _ -> new Entry());
      entry.cancelTimer();
      if (entry.running) {
        entry.again = true;
      } else {
        start(ref, entry);
      }
    }
  }

  /** Runs a tick after a while; an earlier wake takes its place. */
  void wakeAfter(ObjectRef ref, Duration delay) {
    synchronized (lock) {
      if (!closed) {
        arm(ref, entries.computeIfAbsent(ref, _ -> new Entry()), delay);
      }
    }
  }

  /** Runs no more ticks; one that is running ends. */
  void forget(ObjectRef ref) {
    synchronized (lock) {
      Entry entry = entries.remove(ref);
      if (entry != null) {
        entry.cancelTimer();
        entry.again = false;
      }
    }
  }

  /** Rollouts that have a timer; none of them is idle. */
  int timers() {
    synchronized (lock) {
      return (int) entries.values().stream().filter(e -> e.timer != null).count();
    }
  }

  /** Ticks that run at this moment. */
  int running() {
    synchronized (lock) {
      return running;
    }
  }

  /** Starts no further tick and waits for the running ones, a minute at the most. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      timer.shutdownNow();
      entries.values().forEach(Entry::cancelTimer);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      try {
        for (long left; running > 0 && (left = end - System.nanoTime()) > 0; ) {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (running > 0) {
        log.atWarn().addKeyValue("ticks", running).log("stopping although ticks still run");
      }
    }
  }

  private void start(ObjectRef ref, Entry entry) {
    entry.running = true;
    running++;
    Thread.ofVirtual()
        .name("tick-" + ref.namespace() + "/" + ref.name())
        .start(() -> run(ref, entry));
  }

  private void run(ObjectRef ref, Entry entry) {
    Duration next = null;
    boolean failed = true;
    try {
      next = job.apply(ref);
      failed = false;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      log.atError()
          .setCause(e)
          .addKeyValue("canary", ref.namespace() + "/" + ref.name())
          .log("tick failed");
    } finally {
      finish(ref, entry, failed, next);
    }
  }

  private void finish(ObjectRef ref, Entry entry, boolean failed, @Nullable Duration next) {
    synchronized (lock) {
      entry.running = false;
      running--;
      lock.notifyAll();
      if (closed || entries.get(ref) != entry) {
        return;
      }
      entry.failures = failed ? entry.failures + 1 : 0;
      if (entry.again) {
        entry.again = false;
        start(ref, entry);
      } else if (failed) {
        arm(ref, entry, retry(entry.failures));
      } else if (next != null) {
        arm(ref, entry, next);
      }
    }
  }

  private void arm(ObjectRef ref, Entry entry, Duration delay) {
    entry.cancelTimer();
    long nanos = (long) (delay.toNanos() / speed);
    entry.timer = timer.schedule(() -> wake(ref), nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * How long to wait after so many failures in a row.
   *
   * @param failures at least 1
   */
  static Duration retry(int failures) {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 6));
    return delay.compareTo(LAST_RETRY) < 0 ? delay : LAST_RETRY;
  }

  private static final class Entry {
    private boolean running;
    private boolean again;
    private int failures;
    private @Nullable Future<?> timer;

    void cancelTimer() {
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
    }
  }
}
