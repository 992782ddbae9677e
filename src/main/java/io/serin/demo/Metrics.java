package io.serin.demo;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.StreamSupport;

/**
 * The requests that pods answered: as a histogram for a real Prometheus to scrape, and one by one
 * with the demo's time for {@link PrometheusApi} to count.
 */
final class Metrics {
  /** Upper bounds in seconds, those of Prometheus' client libraries. */
  static final List<Double> BOUNDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  private static final String NAME = "http.request.duration";
  private static final Duration[] BOUNDARIES =
      BOUNDS.stream().map(Metrics::duration).toArray(Duration[]::new);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<Request> requests = new ConcurrentLinkedDeque<>();

  /**
   * An answered request.
   *
   * @param at when it was answered, in the demo's time
   * @param seconds how long it really took
   */
  record Request(Instant at, String namespace, String pod, int status, double seconds) {}

  Metrics(InstantSource clock) {
    this.clock = clock;
  }

  void count(String namespace, String pod, int status, Duration took) {
    timer(namespace, pod, status).record(took);
    Instant now = clock.instant();
    requests.addLast(new Request(now, namespace, pod, status, took.toNanos() / 1e9));
    forget(now.minus(REMEMBERED));
  }

  /** The requests of the last while of the demo's time, newest first. */
  List<Request> last(Duration window) {
    Instant since = clock.instant().minus(window);
    Iterable<Request> newestFirst = requests::descendingIterator;
    return StreamSupport.stream(newestFirst.spliterator(), false)
        .takeWhile(request -> request.at().isAfter(since))
        .toList();
  }

  /** All counters since the start, in Prometheus' text format. */
  String exposition() {
    return registry.scrape();
  }

  private Timer timer(String namespace, String pod, int status) {
    return Timer.builder(NAME)
        .description("Requests that pods answered, by duration in seconds")
        .tags("kubernetes_namespace", namespace, "kubernetes_pod_name", pod)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BOUNDARIES)
        .register(registry);
  }

  private void forget(Instant before) {
    for (Request oldest = requests.peekFirst();
        oldest != null && oldest.at().isBefore(before);
        oldest = requests.peekFirst()) {
      requests.remove(oldest);
    }
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
