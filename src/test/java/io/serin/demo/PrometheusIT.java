package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Metric;
import io.serin.metric.Backend;
import io.serin.metric.LiveMeter;
import io.serin.testing.FakeWorld;
import io.serin.testing.RealPrometheus;
import io.serin.testing.RealPrometheusTest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A real Prometheus scrapes the demo's pods, and the built-in queries give the rates that were
 * counted.
 */
@RealPrometheusTest
class PrometheusIT {
  private static final Duration WINDOW = Duration.ofSeconds(20);
  private static final Canary CANARY =
      Canary.of(
          new KubeObject(
              YAMLMapper.shared()
                  .readTree(
                      """
                      apiVersion: flagger.app/v1beta1
                      kind: Canary
                      metadata: {name: podinfo, namespace: demo}
                      spec:
                        provider: gatewayapi:v1
                        targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                        service: {port: 80}
                        analysis:
                          interval: 10s
                          metrics:
                          - {name: request-success-rate, interval: 20s, thresholdRange: {min: 99}}
                          - {name: request-duration, interval: 20s, thresholdRange: {max: 500}}
                      """)
                  .asObject()));

  private final Metrics metrics = new Metrics(InstantSource.system());

  @AutoClose private final io.serin.http.Http http = new io.serin.http.Http(Map.of());
  @AutoClose private final PrometheusApi api = new PrometheusApi(metrics, InstantSource.system());
  @AutoClose private final Pod canary = pod("podinfo-5f6d-abcde", Release.BROKEN);
  @AutoClose private final Pod primary = pod("podinfo-primary-5f6d-abcde", Release.SLOW);
  @AutoClose private final Traffic toCanary = traffic(canary);
  @AutoClose private final Traffic toPrimary = traffic(primary);

  @AutoClose
  private final RealPrometheus prometheus =
      RealPrometheus.scraping(
          new RealPrometheus.Target(URI.create(api.url()).getAuthority(), Map.of()));

  @BeforeEach
  void untilTheWindowIsFull() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                metrics.last(Duration.ofMinutes(5)).stream()
                    .anyMatch(r -> r.at().isBefore(java.time.Instant.now().minus(WINDOW))));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> measure(prometheus.url(), 0).value() != null);
  }

  @Test
  void theBuiltInQueriesGiveTheTrueRates() {
    List<Metrics.Request> requests =
        metrics.last(WINDOW).stream().filter(r -> r.pod().equals(canary.name())).toList();
    double good = requests.stream().filter(r -> r.status() < 500).count();
    double median = Quantiles.of(0.5, requests.stream().mapToDouble(Metrics.Request::seconds));
    double longest = requests.stream().mapToDouble(Metrics.Request::seconds).max().orElseThrow();

    Metric rate = measure(prometheus.url(), 0);
    Metric duration = measure(prometheus.url(), 1);

    assertThat(rate.value()).isCloseTo(100 * good / requests.size(), within(5.0));
    assertThat(rate.outcome()).isEqualTo(Metric.Outcome.FAIL);
    // A quantile of a histogram lies somewhere in its bucket, and a busy machine has slow outliers.
    assertThat(duration.value()).isBetween(0.5 * 1000 * median, 2.5 * 1000 * longest);
  }

  @Test
  void theDemosOwnAnswersAreThoseOfPrometheus() {
    for (int check : List.of(0, 1)) {
      double real = Objects.requireNonNull(measure(prometheus.url(), check).value());

      assertThat(measure(api.url(), check).value()).isCloseTo(real, within(0.1 * real));
    }
  }

  @Test
  void bothAreAvailable() {
    assertThat(meter(prometheus.url()).probe(CANARY).online()).isTrue();
    assertThat(meter(api.url()).probe(CANARY).online()).isTrue();
  }

  private Metric measure(String url, int check) {
    return meter(url).measure(CANARY, check);
  }

  private LiveMeter meter(String url) {
    return new LiveMeter(
        new FakeWorld(),
        (_, _) -> Optional.empty(),
        new LiveMeter.Settings("gatewayapi:v1", Backend.prometheus(url)),
        http,
        InstantSource.system());
  }

  private Pod pod(String name, String tag) {
    return new Pod("demo", name, Map.of(), "5f6d", tag, metrics);
  }

  private static Traffic traffic(Pod pod) {
    return new Traffic("http://127.0.0.1:" + pod.port(), Map.of(), 50);
  }
}
