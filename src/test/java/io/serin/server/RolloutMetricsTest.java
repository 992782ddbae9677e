package io.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Metric;
import io.serin.server.RolloutMetrics.AnalysisStatus;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutMetricsTest {
  @AutoClose private final Metrics all = new Metrics();
  private final RolloutMetrics metrics = all.rollouts();

  @Test
  void theScrapeHasFlaggersNamesLabelsAndValues() {
    tellOneRollout("podinfo");

    assertThat(scrape())
        .isEqualTo(
            """
            # HELP flagger_canary_duration_seconds Time spent on one tick of an analysis
            # TYPE flagger_canary_duration_seconds histogram
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.005"} 0
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.01"} 0
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.025"} 0
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.05"} 0
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.1"} 0
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.25"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="0.5"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="1.0"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="2.5"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="5.0"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="10.0"} 1
            flagger_canary_duration_seconds_bucket{name="podinfo",namespace="test",le="+Inf"} 1
            flagger_canary_duration_seconds_count{name="podinfo",namespace="test"} 1
            flagger_canary_duration_seconds_sum{name="podinfo",namespace="test"} 0.25
            # HELP flagger_canary_failures_total Rollbacks and failed promotions
            # TYPE flagger_canary_failures_total counter
            flagger_canary_failures_total{analysis_status="completed",deployment_strategy="blue-green",name="podinfo",namespace="test"} 1.0
            # HELP flagger_canary_metric_analysis Last value of a metric
            # TYPE flagger_canary_metric_analysis gauge
            flagger_canary_metric_analysis{metric="request-success-rate",name="podinfo",namespace="test"} 99.5
            # HELP flagger_canary_status Last rollout: 0 running, 1 fine, 2 failed
            # TYPE flagger_canary_status gauge
            flagger_canary_status{name="podinfo",namespace="test"} 0.0
            # HELP flagger_canary_successes_total Promotions
            # TYPE flagger_canary_successes_total counter
            flagger_canary_successes_total{analysis_status="skipped",deployment_strategy="ab-testing",name="podinfo",namespace="test"} 1.0
            # HELP flagger_canary_total Number of Canaries
            # TYPE flagger_canary_total gauge
            flagger_canary_total{namespace="test"} 3.0
            # HELP flagger_canary_weight Share of requests
            # TYPE flagger_canary_weight gauge
            flagger_canary_weight{namespace="test",workload="podinfo"} 20.0
            flagger_canary_weight{namespace="test",workload="podinfo-primary"} 80.0
            # HELP flagger_info Version and default provider
            # TYPE flagger_info gauge
            flagger_info{mesh_provider="istio",version="0.1.0"} 1.0
            # HELP flagger_canary_metric_analysis_total Measurements by their result
            # TYPE flagger_canary_metric_analysis_total counter
            flagger_canary_metric_analysis_total{metric="request-success-rate",name="podinfo",namespace="test",result="no_data"} 1.0
            """);
  }

  @ParameterizedTest
  @EnumSource
  void onlyProgressingAndFailedHaveAStatusOfTheirOwn(Phase phase) {
    metrics.phase("podinfo", "test", phase);

    String value = phase == Phase.PROGRESSING ? "0.0" : phase == Phase.FAILED ? "2.0" : "1.0";
    assertThat(scrape())
        .contains("flagger_canary_status{name=\"podinfo\",namespace=\"test\"} " + value);
  }

  @Test
  void d22_aDeletedCanaryLeavesNoSeries() {
    tellOneRollout("podinfo");
    tellOneRollout("other");

    metrics.remove("podinfo", "test");

    assertThat(scrape()).doesNotContain("podinfo").contains("\"other\"", "\"other-primary\"");
  }

  @Test
  void d22_aNamespaceWithoutCanariesLeavesNoSeries() {
    metrics.total("test", 3);

    metrics.total("test", 0);

    assertThat(scrape()).doesNotContain("flagger_canary_total");
  }

  private void tellOneRollout(String target) {
    metrics.info("0.1.0", "istio");
    metrics.total("test", 3);
    metrics.phase(target, "test", Phase.PROGRESSING);
    metrics.weight(target, "test", 80, 20);
    metrics.analysis(target, "test", "request-success-rate", 99.5);
    metrics.analysisResult(target, "test", "request-success-rate", Metric.Outcome.NO_DATA);
    metrics.duration(target, "test", Duration.ofMillis(250));
    metrics.success(target, "test", Strategy.AB_TESTING, AnalysisStatus.SKIPPED);
    metrics.failure(target, "test", Strategy.BLUE_GREEN, AnalysisStatus.COMPLETED);
  }

  private String scrape() {
    return all.scrape()
        .lines()
        .filter(line -> line.contains("flagger_"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
