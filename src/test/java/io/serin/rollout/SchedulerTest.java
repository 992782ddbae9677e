package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serin.api.Names;
import io.serin.api.ObjectRef;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SchedulerTest {

  private static final ObjectRef ONE = canary("one");
  private static final ObjectRef OTHER = canary("other");

  @Test
  void w13_aRolloutNeverRunsTwiceAtOnce() {
    // given
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ticks = new AtomicInteger();
    Semaphore go = new Semaphore(0);
    try (Scheduler scheduler =
        new Scheduler(
            _ -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              go.acquireUninterruptibly();
              inside.decrementAndGet();
              ticks.incrementAndGet();
              return null;
            },
            1)) {
      // when it is woken while it runs
      scheduler.wake(ONE);
      await().until(() -> inside.get() == 1);
      scheduler.wake(ONE);
      scheduler.wake(ONE);
      go.release(10);
      // then one more tick follows
      await().until(() -> scheduler.running() == 0);
      assertThat(most).hasValue(1);
      assertThat(ticks).hasValue(2);
    }
  }

  @Test
  void w28_oneThatThrowsOrHangsTouchesNoOther() throws InterruptedException {
    // given
    CountDownLatch hang = new CountDownLatch(1);
    CountDownLatch otherTicked = new CountDownLatch(1);
    try (Scheduler scheduler =
        new Scheduler(
            ref -> {
              if (ref.equals(ONE)) {
                waitFor(hang);
              }
              if (ref.name().equals("broken")) {
                throw new IllegalStateException("poison");
              }
              otherTicked.countDown();
              return null;
            },
            1)) {
      // when
      scheduler.wake(ONE);
      scheduler.wake(canary("broken"));
      scheduler.wake(OTHER);
      // then
      otherTicked.await();
      hang.countDown();
    }
  }

  @Test
  void w14_oneThatThrewIsTriedAgain() {
    // given
    AtomicInteger ticks = new AtomicInteger();
    try (Scheduler scheduler =
        new Scheduler(
            _ -> {
              if (ticks.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              return null;
            },
            1000)) {
      // when
      scheduler.wake(ONE);
      // then
      await().until(() -> ticks.get() == 3);
    }
  }

  @Test
  void anIdleRolloutHasNoTimer() {
    try (Scheduler scheduler = new Scheduler(_ -> null, 1)) {
      scheduler.wake(ONE);
      await().until(() -> scheduler.running() == 0);

      assertThat(scheduler.timers()).isZero();
    }
  }

  @Test
  void aRunningTickMayFinishWhenTheControllerStops() throws InterruptedException {
    // given
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger finished = new AtomicInteger();
    Scheduler scheduler =
        new Scheduler(
            _ -> {
              started.countDown();
              waitFor(go);
              finished.incrementAndGet();
              return Duration.ofMinutes(1);
            },
            1);
    scheduler.wake(ONE);
    started.await();
    // when
    Thread stop = Thread.ofVirtual().start(scheduler::close);
    go.countDown();
    stop.join();
    // then
    assertThat(finished).hasValue(1);
    assertThat(scheduler.timers()).isZero();
  }

  @Test
  void wakesDuringATickAreAnsweredByOneMore() throws InterruptedException {
    // given
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger ticks = new AtomicInteger();
    try (Scheduler scheduler =
        new Scheduler(
            _ -> {
              ticks.incrementAndGet();
              started.countDown();
              waitFor(go);
              return null;
            },
            1)) {
      scheduler.wake(ONE);
      started.await();
      // when
      scheduler.wake(ONE);
      scheduler.wake(ONE);
      go.countDown();
      await().until(() -> scheduler.running() == 0);
    }
    // then
    assertThat(ticks).hasValue(2);
  }

  @Test
  void aForgottenRolloutIsNotWokenByItsTimerNorByAnEarlierWake() throws InterruptedException {
    // given a tick that runs, another one wanted, and a timer
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger ticks = new AtomicInteger();
    try (Scheduler scheduler =
        new Scheduler(
            _ -> {
              ticks.incrementAndGet();
              started.countDown();
              waitFor(go);
              return Duration.ofMinutes(1);
            },
            1)) {
      scheduler.wake(ONE);
      started.await();
      scheduler.wake(ONE);
      scheduler.wakeAfter(ONE, Duration.ofMinutes(1));
      // when
      scheduler.forget(ONE);
      go.countDown();
      await().until(() -> scheduler.running() == 0);
      // then
      assertThat(scheduler.timers()).isZero();
    }
    assertThat(ticks).hasValue(1);
  }

  @Test
  void aWakeTakesThePlaceOfATimer() {
    try (Scheduler scheduler = new Scheduler(_ -> null, 1)) {
      scheduler.wakeAfter(ONE, Duration.ofMinutes(1));
      assertThat(scheduler.timers()).isOne();

      scheduler.wake(ONE);
      await().until(() -> scheduler.running() == 0);

      assertThat(scheduler.timers()).isZero();
    }
  }

  @Test
  void afterItsEndNothingIsWoken() {
    AtomicInteger ticks = new AtomicInteger();
    Scheduler scheduler =
        new Scheduler(
            _ -> {
              ticks.incrementAndGet();
              return null;
            },
            1);
    scheduler.close();

    scheduler.wake(ONE);
    scheduler.wakeAfter(ONE, Duration.ZERO);

    assertThat(scheduler.running()).isZero();
    assertThat(scheduler.timers()).isZero();
    assertThat(ticks).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "1000, 60"})
  void theDelayGrowsFromFailureToFailureUpToAMinute(int failures, int seconds) {
    assertThat(Scheduler.retry(failures)).hasSeconds(seconds);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectRef canary(String name) {
    return new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "test", name);
  }
}
