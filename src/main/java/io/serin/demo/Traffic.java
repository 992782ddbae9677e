package io.serin.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** People who use the application: a steady number of requests a second through the gateway. */
final class Traffic implements AutoCloseable {
  /** More than these are never under way at once; a request that finds no place is left out. */
  private static final int MOST_AT_ONCE = 256;

  private final String url;
  private final Map<String, String> headers;
  private final CloseableHttpClient client = HttpClients.pooled(MOST_AT_ONCE);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService users =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("user-", 0).factory());
  private final ScheduledExecutorService pace =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("traffic").factory());
  private final LongAdder answered = new LongAdder();
  private volatile boolean paused;

  /**
   * Starts at once.
   *
   * @param perSecond requests per real second, at least 1
   */
  Traffic(String url, Map<String, String> headers, int perSecond) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    Duration gap = Duration.ofSeconds(1).dividedBy(perSecond);
    var _ = pace.scheduleAtFixedRate(this::send, 0, gap.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends no more until {@link #resume}. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  long answered() {
    return answered.sum();
  }

  @Override
  public void close() {
    pace.close();
    // Waits for the answers that are under way; each comes within its time-outs.
    users.close();
    HttpClients.close(client);
  }

  private void send() {
    if (!paused && places.tryAcquire()) {
      users.execute(this::request);
    }
  }

  private void request() {
    try {
      HttpGet get = new HttpGet(url);
      headers.forEach(get::setHeader);
      client.execute(get, answer -> EntityUtils.toString(answer.getEntity()));
      answered.increment();
    } catch (IOException _) {
      // Counted where it matters: at the gateway and in the pods.
    } finally {
      places.release();
    }
  }
}
