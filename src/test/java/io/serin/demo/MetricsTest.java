package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsTest {
  private static final String SELECTOR =
      "kubernetes_namespace=\"demo\",kubernetes_pod_name=~\"podinfo-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)\"";
  private static final String SUCCESS_RATE =
      """
      (sum(rate(http_request_duration_seconds_count{%1$s,status!~"5.*"}[1m]))
      or sum(rate(http_request_duration_seconds_count{%1$s}[1m])) * 0)
      / sum(rate(http_request_duration_seconds_count{%1$s}[1m])) * 100
      """
          .formatted(SELECTOR);
  private static final String P99 =
      """
      histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket{%s}[1m])) by (le))
      """
          .formatted(SELECTOR);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Metrics metrics = new Metrics(() -> now);
  @AutoClose private final PrometheusApi api = new PrometheusApi(metrics, () -> now);
  @AutoClose private final Http http = new Http();

  @Test
  void theSuccessRateIsThatOfTheCanarysPods() {
    count("podinfo-5f-abcde", 200, 7);
    count("podinfo-5f-fghij", 500, 3);
    count("podinfo-primary-5f-abcde", 500, 100);

    assertThat(value(SUCCESS_RATE)).isCloseTo(70, within(1e-9));
  }

  @Test
  void theQuantileIsThatOfTheHistogram() {
    count("podinfo-5f-abcde", 200, 100);

    // All in the bucket from 0.1 to 0.25 s, as a real Prometheus interpolates.
    assertThat(value(P99)).isCloseTo(0.1 + 0.15 * 0.99, within(1e-9));
  }

  @Test
  void onlyTheWindowCounts() {
    count("podinfo-5f-abcde", 500, 10);
    now = now.plusSeconds(61);
    count("podinfo-5f-abcde", 200, 10);

    assertThat(value(SUCCESS_RATE)).isEqualTo(100);
  }

  @Test
  void withoutRequestsThereIsNoValue() {
    assertThat(ask(SUCCESS_RATE).at("/data/result")).isEmpty();
    assertThat(ask(P99).at("/data/result")).isEmpty();
  }

  @Test
  void theAvailabilityProbeIsAnswered() {
    assertThat(value("vector(1)")).isEqualTo(1);
  }

  @Test
  void anotherQueryIsRefused() {
    assertThat(ask("sum(up)").path("status").stringValue()).isEqualTo("error");
  }

  @Test
  void theCountersAreThereToBeScraped() {
    count("podinfo-5f-abcde", 500, 3);

    assertThat(http.get(api.url() + "/metrics").body())
        .contains(
            "http_request_duration_seconds_count{kubernetes_namespace=\"demo\","
                + "kubernetes_pod_name=\"podinfo-5f-abcde\",status=\"500\"} 3",
            "le=\"0.25\"");
  }

  private void count(String pod, int status, int requests) {
    IntStream.range(0, requests)
        .forEach(_ -> metrics.count("demo", pod, status, Duration.ofMillis(200)));
  }

  private double value(String query) {
    return Double.parseDouble(ask(query).at("/data/result/0/value/1").stringValue());
  }

  private JsonNode ask(String query) {
    String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return JsonMapper.shared().readTree(http.get(api.url() + "/api/v1/query?query=" + text).body());
  }
}
