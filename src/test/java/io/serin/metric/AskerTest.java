package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AskerTest {
  private static final Backend BACKEND = Backend.prometheus("http://p");

  @Test
  void aBackendIsNotAskedMoreThanItCanBear() throws Exception {
    Asker asker = new Asker(new Providers(Map.of()), () -> Instant.EPOCH, Duration.ofMillis(50));
    CountDownLatch busy = new CountDownLatch(Asker.MOST_AT_ONCE);
    CountDownLatch done = new CountDownLatch(1);
    Provider slow = new Slow(busy, done);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Asker.MOST_AT_ONCE; i++) {
        Query query = query("q" + i);
        threads.execute(() -> asker.ask(BACKEND, slow, query));
      }
      busy.await();

      assertThat(asker.ask(BACKEND, slow, query("one more")).toString())
          .contains("the server was busy with 32 queries");
      done.countDown();
    }
    assertThat(asker.ask(BACKEND, slow, query("later"))).isEqualTo(new Reading.Value(1));
  }

  private static Query query(String text) {
    return new Query(text, Duration.ofMinutes(1));
  }

  private record Slow(CountDownLatch busy, CountDownLatch done) implements Provider {
    @Override
    public Reading query(Query query) {
      busy.countDown();
      try {
        done.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Reading.Value(1);
    }

    @Override
    public String offline() {
      return "";
    }
  }
}
