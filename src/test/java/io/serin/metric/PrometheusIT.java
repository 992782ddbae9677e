package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.fact.Metric.Outcome;
import io.serin.fact.Probe;
import io.serin.http.Http;
import io.serin.testing.FakeWorld;
import io.serin.testing.Manifest;
import io.serin.testing.RealPrometheus;
import io.serin.testing.RealPrometheusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The built-in queries of the HTTP observer, answered by a real Prometheus. */
@RealPrometheusTest
class PrometheusIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aRealPrometheusAnswersTheBuiltInQueries() throws IOException {
    try (Pods pods = new Pods();
        RealPrometheus prometheus = RealPrometheus.scraping(pods.mixed(), pods.failing());
        Http http = new Http(Map.of())) {
      LiveMeter meter = meter(prometheus, http);

      Metric rate = settled(meter, canary("mixed"), 0);
      assertThat(rate.value()).isCloseTo(90.0, within(0.5));
      assertThat(rate.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(rate.message())
          .matches("Halt mixed.test advancement success rate 9\\d.\\d\\d% < 99%");

      Metric duration = settled(meter, canary("mixed"), 1);
      assertThat(duration.value()).isBetween(50.0, 100.0);
      assertThat(duration.outcome()).isEqualTo(Outcome.PASS);

      Metric failing = settled(meter, canary("failing"), 0);
      assertThat(failing.value()).as("every request failed").isZero();
      assertThat(failing.outcome()).isEqualTo(Outcome.FAIL);

      assertThat(meter.measure(canary("silent"), 0).outcome()).isEqualTo(Outcome.NO_DATA);
      assertThat(meter.measure(canary("mixed"), 2).message())
          .startsWith("Prometheus query failed for broken: error response: Status 400");
      assertThat(meter.measure(canary("mixed"), 3).value()).isEqualTo(42.0);
      assertThat(meter.probe(canary("mixed"))).isEqualTo(new Probe(true, ""));
    }
  }

  private static Metric settled(LiveMeter meter, Canary canary, int order) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> meter.measure(canary, order), metric -> metric.value() != null);
  }

  private static LiveMeter meter(RealPrometheus prometheus, Http http) {
    LiveMeter.Settings settings =
        new LiveMeter.Settings("kubernetes", Backend.prometheus(prometheus.url()));
    return new LiveMeter(
        new FakeWorld(), (_, _) -> Optional.empty(), settings, http, InstantSource.system());
  }

  private static Canary canary(String name) {
    return Canary.of(
        Manifest.of(
            """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: %1$s, namespace: test}
            spec:
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
              service: {port: 80}
              analysis:
                metrics:
                - {name: request-success-rate, thresholdRange: {min: 99}, interval: 30s}
                - {name: request-duration, thresholdRange: {max: 500}, interval: 30s}
                - {name: broken, query: 'sum('}
                - {name: scalar, query: 'scalar(vector(42))', thresholdRange: {max: 50}}
            """
                .formatted(name)));
  }

  /** Two applications: one in ten requests of the first fails, every request of the second. */
  private static final class Pods implements AutoCloseable {
    private final HttpServer server;
    private final AtomicLong requests = new AtomicLong();

    Pods() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      serve("/mixed", 9, 1);
      serve("/failing", 0, 10);
      server.start();
    }

    RealPrometheus.Target mixed() {
      return target("mixed");
    }

    RealPrometheus.Target failing() {
      return target("failing");
    }

    @Override
    public void close() {
      server.stop(0);
    }

    private RealPrometheus.Target target(String name) {
      return new RealPrometheus.Target(
          "127.0.0.1:" + server.getAddress().getPort(),
          "/" + name,
          Map.of("kubernetes_namespace", "test", "kubernetes_pod_name", name + "-6c8f4d7b9-x2x4q"));
    }

    private void serve(String path, int good, int bad) {
      server.createContext(
          path,
          exchange -> {
            long times = requests.incrementAndGet();
            String text =
                (good > 0 ? histogram("200", good * times) : "") + histogram("500", bad * times);
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
    }

    /** Every request takes between 50 and 100 ms. */
    private static String histogram(String status, long count) {
      return """
      http_request_duration_seconds_bucket{status="%1$s",le="0.05"} 0
      http_request_duration_seconds_bucket{status="%1$s",le="0.1"} %2$d
      http_request_duration_seconds_bucket{status="%1$s",le="+Inf"} %2$d
      http_request_duration_seconds_sum{status="%1$s"} %2$d
      http_request_duration_seconds_count{status="%1$s"} %2$d
      """
          .formatted(status, count);
    }
  }
}
