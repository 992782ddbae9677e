package io.serin.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The metrics that Flagger exports, under its names, labels and values, and the outcomes of checks
 * beside them. As there, {@code target} is the name of the workload, not of the Canary.
 *
 * <p>Registered with the Prometheus client and not through Micrometer, because Micrometer takes
 * {@code _total} and {@code _info} off the names of gauges.
 */
public final class RolloutMetrics {
  private static final double[] BUCKETS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  private static final String[] ROLLOUT = {"name", "namespace"};
  private static final String[] CHECK = {"name", "namespace", "metric"};
  private static final String[] ENDING = {
    "name", "namespace", "deployment_strategy", "analysis_status"
  };

  private final Gauge info;
  private final Gauge total;
  private final Gauge status;
  private final Gauge weight;
  private final Histogram duration;
  private final Gauge analysis;
  private final Counter results;
  private final Counter successes;
  private final Counter failures;

  /** Whether a finished rollout was measured; the label {@code analysis_status}. */
  public enum AnalysisStatus {
    COMPLETED,
    SKIPPED
  }

  /**
   * Registers every metric. One registry takes one instance.
   *
   * @param apart takes the counter {@code flagger_canary_metric_analysis_total}: the client strips
   *     {@code _total} and refuses it beside the gauge {@code flagger_canary_metric_analysis}
   */
  RolloutMetrics(PrometheusRegistry registry, PrometheusRegistry apart) {
    info =
        gauge(registry, "flagger_info", "Version and default provider", "version", "mesh_provider");
    total = gauge(registry, "flagger_canary_total", "Number of Canaries", "namespace");
    status =
        gauge(
            registry,
            "flagger_canary_status",
            "Last rollout: 0 running, 1 fine, 2 failed",
            ROLLOUT);
    weight = gauge(registry, "flagger_canary_weight", "Share of requests", "workload", "namespace");
    analysis = gauge(registry, "flagger_canary_metric_analysis", "Last value of a metric", CHECK);
    duration =
        Histogram.builder()
            .name("flagger_canary_duration_seconds")
            .help("Time spent on one tick of an analysis")
            .labelNames(ROLLOUT)
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .withoutExemplars()
            .register(registry);
    results =
        counter(
            apart,
            "flagger_canary_metric_analysis_total",
            "Measurements by their result",
            "name",
            "namespace",
            "metric",
            "result");
    successes = counter(registry, "flagger_canary_successes_total", "Promotions", ENDING);
    failures =
        counter(
            registry, "flagger_canary_failures_total", "Rollbacks and failed promotions", ENDING);
  }

  /** Tells once, at the start, which version runs and which provider is the default. */
  public void info(String version, String meshProvider) {
    info.labelValues(version, meshProvider).set(1);
  }

  /** Tells how many Canaries a namespace holds; with none left, its series goes. */
  public void total(String namespace, int count) {
    if (count == 0) {
      total.remove(namespace);
    } else {
      total.labelValues(namespace).set(count);
    }
  }

  /** Tells the phase; on the wire 0 is progressing, 2 is failed and 1 is every other phase. */
  public void phase(String target, String namespace, Phase phase) {
    status.labelValues(target, namespace).set(statusOf(phase));
  }

  /** Tells the traffic, each side in percent. */
  public void weight(String target, String namespace, int primary, int canary) {
    weight.labelValues(Names.primary(target), namespace).set(primary);
    weight.labelValues(target, namespace).set(canary);
  }

  /** Tells the newest value of a metric: rates in percent, durations in seconds, others raw. */
  public void analysis(String target, String namespace, String metric, double value) {
    analysis.labelValues(target, namespace, metric).set(value);
  }

  /** Counts one measurement. */
  public void analysisResult(
      String target, String namespace, String metric, Metric.Outcome outcome) {
    results.labelValues(target, namespace, metric, lower(outcome)).inc();
  }

  /** Tells how long a tick took that measured something. */
  public void duration(String target, String namespace, Duration tick) {
    duration.labelValues(target, namespace).observe(tick.toNanos() / 1e9);
  }

  /** Counts a finished promotion. */
  public void success(
      String target, String namespace, Strategy strategy, AnalysisStatus analysisStatus) {
    successes.labelValues(target, namespace, strategy.wireName(), lower(analysisStatus)).inc();
  }

  /** Counts a rollback or a failed promotion. */
  public void failure(
      String target, String namespace, Strategy strategy, AnalysisStatus analysisStatus) {
    failures.labelValues(target, namespace, strategy.wireName(), lower(analysisStatus)).inc();
  }

  /** Forgets every series of a target whose Canary was deleted. */
  public void remove(String target, String namespace) {
    for (StatefulMetric<?, ?> metric :
        List.of(status, duration, analysis, results, successes, failures)) {
      metric.removeIf(labels -> labels.get(0).equals(target) && labels.get(1).equals(namespace));
    }
    weight.remove(target, namespace);
    weight.remove(Names.primary(target), namespace);
  }

  private static int statusOf(Phase phase) {
    return switch (phase) {
      case PROGRESSING -> 0;
      case FAILED -> 2;
      case NONE,
          INITIALIZING,
          INITIALIZED,
          WAITING,
          WAITING_PROMOTION,
          PROMOTING,
          FINALISING,
          SUCCEEDED,
          TERMINATING,
          TERMINATED ->
          1;
    };
  }

  // Exemplars need a tracer, and Micrometer leaves its classes out.
  private static Gauge gauge(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Gauge.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
