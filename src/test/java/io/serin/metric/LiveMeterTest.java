package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.fact.Metric.Outcome;
import io.serin.fact.Probe;
import io.serin.testing.Manifest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveMeterTest extends MeterTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "min: 99            | 98.694 | FAIL | Halt podinfo.test advancement success rate 98.69% <"
            + " 99%",
        "min: 99.5          | 99.4   | FAIL | Halt podinfo.test advancement success rate 99.40% <"
            + " 99.5%",
        "'min: 99, max: 99.9' | 100  | FAIL | Halt podinfo.test advancement success rate 100.00% >"
            + " 99.9%",
        "min: 99            | 99     | PASS | success rate is 99.00%, wanted >= 99",
        "min: 99            | 0      | FAIL | Halt podinfo.test advancement success rate 0.00% <"
            + " 99%",
        "''                 | 0      | PASS | success rate is 0.00%, wanted anything"
      })
  void aSuccessRateIsCompared(String range, double value, Outcome outcome, String message) {
    provider.answers(value);

    Metric metric = measure("{name: request-success-rate, thresholdRange: {" + range + "}}");

    assertThat(metric.outcome()).isEqualTo(outcome);
    assertThat(metric.message()).isEqualTo(message);
    assertThat(metric.value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max: 500  | 1.5157    | FAIL | Halt podinfo.test advancement request duration 1.515s >"
            + " 500ms",
        "max: 500  | 0.5       | PASS | 'request duration is 500ms, wanted <= 500 ms'",
        "min: 100  | 0.0205    | FAIL | Halt podinfo.test advancement request duration 20ms <"
            + " 100ms",
        "max: 0.5  | 0.0009    | FAIL | Halt podinfo.test advancement request duration 900µs >"
            + " 500µs",
        "max: 500  | 0.5003    | FAIL | Halt podinfo.test advancement request duration 500.3ms >"
            + " 500ms",
        "max: 90000| 90.5      | FAIL | Halt podinfo.test advancement request duration 1m30.5s >"
            + " 1m30s"
      })
  void aDurationIsComparedInMilliseconds(
      String range, double seconds, Outcome outcome, String message) {
    provider.answers(seconds);

    Metric metric = measure("{name: request-duration, thresholdRange: {" + range + "}}");

    assertThat(metric.outcome()).isEqualTo(outcome);
    assertThat(metric.message()).isEqualTo(message);
    assertThat(metric.value()).isEqualTo(seconds * 1000);
  }

  @Test
  void d3_anInfiniteDurationFailsItsMaximum() {
    provider.answers(Double.POSITIVE_INFINITY);

    Metric metric = measure("{name: request-duration, thresholdRange: {max: 500}}");

    assertThat(metric.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(metric.message())
        .isEqualTo("Halt podinfo.test advancement request duration +Inf > 500ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'thresholdRange: {max: 10}' | 12.3 | FAIL | Halt podinfo.test advancement errors 12.30 >"
            + " 10",
        "'thresholdRange: {min: 10}' | 1    | FAIL | Halt podinfo.test advancement errors 1.00 <"
            + " 10",
        "'thresholdRange: {max: 1000000}' | 2e6 | FAIL | Halt podinfo.test advancement errors"
            + " 2000000.00 > 1e+06",
        "'thresholdRange: {min: 1, max: 2}' | 1.5 | PASS | 'errors is 1.50, wanted 1 to 2'",
        "'threshold: 5'              | 6    | FAIL | Halt podinfo.test advancement errors 6.00 > 5",
        "'interval: 1m'              | 0.1  | FAIL | Halt podinfo.test advancement errors 0.10 > 0"
      })
  void anInlineQueryIsCompared(String range, double value, Outcome outcome, String message) {
    provider.answers(value);

    Metric metric = measure("{name: errors, query: up, " + range + "}");

    assertThat(metric.outcome()).isEqualTo(outcome);
    assertThat(metric.message()).isEqualTo(message);
  }

  @Test
  void theOldThresholdIsAMinimumOfASuccessRate() {
    provider.answers(98);

    Metric metric = measure("{name: request-success-rate, threshold: 99}");

    assertThat(metric.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(metric.min()).isEqualTo(99);
    assertThat(metric.max()).isNull();
  }

  @Test
  void theOldThresholdIsAMaximumOfADuration() {
    provider.answers(0.501);

    assertThat(measure("{name: request-duration, threshold: 500}").outcome())
        .isEqualTo(Outcome.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: request-success-rate} | Halt advancement no values found for kubernetes metric"
            + " request-success-rate probably podinfo.test is not receiving traffic: no values"
            + " found",
        "{name: request-duration}     | Halt advancement no values found for kubernetes metric"
            + " request-duration probably podinfo.test is not receiving traffic",
        "'{name: errors, query: up}'  | Halt advancement no values found for metric: errors",
        "'{name: errors, templateRef: {name: errors}}' | Halt advancement no values found for"
            + " custom metric: errors: no values found"
      })
  void noDataIsAnAnswerOfItsOwn(String check, String message) {
    addTemplate("up");
    provider.answers(new Reading.NoData());

    assertThat(measure(check)).isEqualTo(withoutValue(check, Outcome.NO_DATA, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: request-success-rate} | Prometheus query failed: boom",
        "{name: request-duration}     | Prometheus query failed: boom",
        "'{name: errors, query: up}'  | Prometheus query failed for errors: boom",
        "'{name: errors, templateRef: {name: errors}}' | Metric query failed for errors: boom"
      })
  void anErrorIsAnAnswerOfItsOwn(String check, String message) {
    addTemplate("up");
    provider.answers(new Reading.Failed("boom"));

    assertThat(measure(check)).isEqualTo(withoutValue(check, Outcome.ERROR, message));
  }

  @Test
  void staleDataIsAnAnswerOfItsOwn() {
    provider.answers(new Reading.Stale("it is 10m0s old"));

    Metric metric = measure("{name: errors, query: up}");

    assertThat(metric.outcome()).isEqualTo(Outcome.STALE);
    assertThat(metric.message())
        .isEqualTo("Halt advancement the newest value of metric errors is stale: it is 10m0s old");
  }

  @Test
  void d5_notANumberIsNoData() {
    provider.answers(Reading.of(Double.NaN));

    assertThat(measure("{name: errors, query: up}").outcome()).isEqualTo(Outcome.NO_DATA);
  }

  @Test
  void aCheckWithoutSourceIsAnError() {
    Metric metric = measure("{name: errors}");

    assertThat(metric.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(metric.message())
        .isEqualTo("Metric query failed for no usable metrics template and query were configured");
  }

  @Test
  void aCheckThatDoesNotExistIsAnError() {
    assertThat(meter("kubernetes").measure(canary("", "[]"), 3).message())
        .isEqualTo("there is no metric number 3 in the analysis");
  }

  @Test
  void d6_anInlineQueryThatDoesNotRenderIsAnError() {
    assertThat(measure("{name: errors, query: '{{ foo }}'}").message())
        .startsWith(
            "Prometheus query failed for errors: template parsing failed: function \"foo\" not");
    assertThat(provider.asked).isEmpty();
  }

  @Test
  void anUnusableMetricsServerIsAnError() {
    Metric metric =
        meter("kubernetes").measure(canary("metricsServer: bad", "[{name: a, query: b}]"), 0);

    assertThat(metric.message())
        .isEqualTo("Error building Prometheus client for bad address is bad");
  }

  @Test
  void theCanarysOwnMetricsServerIsAskedWithoutTheControllersCredentials() {
    meter("kubernetes").measure(canary("metricsServer: http://own", "[{name: a, query: b}]"), 0);

    assertThat(provider.opened).containsExactly(Backend.prometheus("http://own"));
  }

  @Test
  void theControllersMetricsServerIsAskedOtherwise() {
    measure("{name: a, query: b}");

    assertThat(provider.opened.getLast().address()).isEqualTo("http://default");
    assertThat(provider.opened.getLast().credentials()).isEqualTo(Map.of("token", "t"));
  }

  @Test
  void theWorstOfSeveralSourcesWins() {
    addTemplate("up");
    provider.answers(1, 5);

    Metric metric =
        measure(
            "{name: errors, query: down, templateRef: {name: errors}, thresholdRange: {max: 2}}");

    assertThat(metric.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(metric.value()).isEqualTo(5);
    assertThat(provider.asked).hasSize(2);
  }

  @Test
  void aFailedComparisonIsWorseThanAnError() {
    addTemplate("up");
    provider.answers(5);
    provider.answers(new Reading.Failed("boom"));

    assertThat(
            measure(
                    "{name: errors, query: down, templateRef: {name: errors}, thresholdRange: {max:"
                        + " 2}}")
                .outcome())
        .isEqualTo(Outcome.FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes, '',            http_request_duration_seconds_count",
    "istio,      kubernetes,    http_request_duration_seconds_count",
    "istio,      gatewayapi:v1, http_request_duration_seconds_count",
    "istio,      '',            istio_requests_total",
    "istio,      nginx,         nginx_ingress_controller_requests",
    "linkerd,    gatewayapi:v1, response_total",
    "smi:crossover, '',         istio_requests_total",
    "istio,      unheard-of,    istio_requests_total"
  })
  void theObserverFollowsTheProvider(String flag, String provider, String metric) {
    String spec = provider.isEmpty() ? "" : "provider: " + provider;

    meter(flag).measure(canary(spec, "[{name: request-success-rate}]"), 0);

    assertThat(this.provider.asked.getLast().text()).contains(metric);
  }

  @Test
  void d2_aServiceTargetKeepsItsProvidersObserver() {
    Canary canary =
        canary(
            "provider: nginx", "[{name: request-success-rate}]", "{kind: Service, name: podinfo}");

    meter("istio").measure(canary, 0);

    assertThat(provider.asked.getLast().text()).contains("nginx_ingress_controller_requests");
  }

  @Test
  void aKnativeServiceIsMeasuredByItsLatestRevision() {
    world.apply(
        Manifest.of(
            """
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: podinfo, namespace: test}
            status: {latestCreatedRevisionName: podinfo-00002}
            """));

    meter("istio").measure(canary("provider: knative", "[{name: request-success-rate}]"), 0);

    assertThat(provider.asked.getLast().text())
        .contains("envoy_cluster_name=~\"test/podinfo-00002\"");
  }

  @Test
  void aMissingKnativeServiceIsAnError() {
    assertThat(
            meter("istio")
                .measure(canary("provider: knative", "[{name: a, query: b}]"), 0)
                .message())
        .isEqualTo("Error fetching Knative service test/podinfo not found");
  }

  @Test
  void theSameQuestionInTheSameMomentIsAskedOnce() {
    LiveMeter meter = meter("kubernetes");
    Canary canary = canary("", "[{name: a, query: up}, {name: b, query: up}]");
    provider.answers(1);

    meter.measure(canary, 0);
    Metric second = meter.measure(canary, 1);

    assertThat(provider.asked).hasSize(1);
    assertThat(second.value()).isEqualTo(1);
    assertThat(second.name()).isEqualTo("b");
    assertThat(second.order()).isEqualTo(1);
  }

  @Test
  void aProbeAsksEachServerOnce() {
    addTemplate("up");

    Probe probe =
        meter("kubernetes")
            .probe(
                canary(
                    "",
                    "[{name: request-success-rate}, {name: request-duration}, {name: x, query: up},"
                        + " {name: errors, templateRef: {name: errors}}]"));

    assertThat(probe).isEqualTo(new Probe(true, ""));
    assertThat(provider.asked).hasSize(2);
  }

  @Test
  void aProbeTellsTheFirstFailure() {
    provider.offline = "running query failed: boom";

    assertThat(meter("kubernetes").probe(canary("", "[{name: request-duration}]")))
        .isEqualTo(new Probe(false, "prometheus http://default: running query failed: boom"));
  }

  private static Metric withoutValue(String check, Outcome outcome, String message) {
    String name = check.replaceFirst("\\{name: ([a-z-]+).*", "$1");
    Double zero = 0.0;
    boolean minimum = name.equals("request-success-rate");
    return new Metric(
        name, 0, outcome, null, minimum ? zero : null, minimum ? null : zero, message);
  }
}
