package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueryCacheTest {
  private static final Reading ONE = new Reading.Value(1);

  private Instant now = Instant.EPOCH;
  private final QueryCache cache = new QueryCache(() -> now);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void theSameQuestionInTheSameMomentIsAskedOnce() {
    ask(key("up"), ONE);
    ask(key("up"), ONE);

    assertThat(asked).hasValue(1);
  }

  @Test
  void aMomentLastsOneSecond() {
    ask(key("up"), ONE);
    now = now.plus(QueryCache.WINDOW);
    ask(key("up"), ONE);

    assertThat(asked).hasValue(2);
  }

  @Test
  void aClockThatGoesBackwardsDoesNotServeOldAnswers() {
    ask(key("up"), ONE);
    now = now.minusSeconds(3600);
    ask(key("up"), ONE);

    assertThat(asked).hasValue(2);
  }

  @Test
  void otherCredentialsAreAnotherQuestion() {
    ask(key("up"), ONE);
    Backend withToken =
        new Backend("prometheus", "http://p", Map.of(), Map.of("token", "t"), "", false);
    ask(new QueryCache.Key(withToken, key("up").query()), ONE);

    assertThat(asked).hasValue(2);
  }

  @Test
  void failuresAreNotKept() {
    ask(key("up"), new Reading.Failed("x"));
    ask(key("up"), ONE);

    assertThat(asked).hasValue(2);
  }

  @Test
  void anErrorInTheQueryDoesNotBlockTheNext() {
    assertThatThrownBy(
            () ->
                cache.get(
                    key("up"),
                    () -> {
                      throw new IllegalStateException("x");
                    }))
        .hasMessage("x");

    assertThat(ask(key("up"), ONE)).isEqualTo(ONE);
  }

  @Test
  void oldAnswersAreForgotten() {
    ask(key("a"), ONE);
    ask(key("b"), ONE);
    now = now.plusSeconds(2);
    ask(key("c"), ONE);

    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whoAsksWhileTheQuestionIsUnderWayWaitsForItsAnswer() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reading> first =
          threads.submit(
              () ->
                  cache.get(
                      key("up"),
                      () -> {
                        asked.incrementAndGet();
                        started.countDown();
                        await(answer);
                        return ONE;
                      }));
      await(started);
      List<Future<Reading>> others =
          List.of(
              threads.submit(() -> ask(key("up"), ONE)), threads.submit(() -> ask(key("up"), ONE)));
      answer.countDown();

      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(ONE);
      for (Future<Reading> other : others) {
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(ONE);
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoWaitsForAnInterruptedQuestionAsksAgain() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(
          () ->
              cache.get(
                  key("up"),
                  () -> {
                    started.countDown();
                    await(answer);
                    Thread.currentThread().interrupt();
                    return new Reading.Failed("interrupted");
                  }));
      await(started);
      Future<Reading> other = threads.submit(() -> ask(key("up"), ONE));
      answer.countDown();

      assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(ONE);
    }
    assertThat(asked).hasValue(1);
  }

  private Reading ask(QueryCache.Key key, Reading answer) {
    return cache.get(
        key,
        () -> {
          asked.incrementAndGet();
          return answer;
        });
  }

  private static QueryCache.Key key(String query) {
    return new QueryCache.Key(
        Backend.prometheus("http://p"), new Query(query, Duration.ofMinutes(1)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
