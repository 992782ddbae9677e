package io.serin.server;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.MetricCheck;
import io.serin.fact.Metric;
import io.serin.fact.Verdict;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import io.serin.server.RolloutMetrics.AnalysisStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells Prometheus: turns decision records into the {@code flagger_*} metrics. */
public final class MetricsTeller implements Teller {

  private static final double MILLIS = 1000;

  private final RolloutMetrics metrics;
  private final Map<String, String> targets = new ConcurrentHashMap<>();

  /** Metrics go there. */
  public MetricsTeller(RolloutMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    String target = canary.targetName();
    String namespace = canary.namespace();
    if (targets.put(record.canary(), target) == null) {
      count(namespace);
    }
    metrics.phase(target, namespace, record.after().phase());
    int weight = record.after().weight();
    metrics.weight(target, namespace, 100 - weight, weight);
    record.evidence().metrics().forEach(metric -> measured(target, namespace, metric));
    if (!record.evidence().metrics().isEmpty()) {
      metrics.duration(target, namespace, record.took());
    }
    ended(canary, record);
  }

  @Override
  public void forget(String namespace, String name) {
    String target = targets.remove(namespace + "/" + name);
    if (target != null) {
      metrics.remove(target, namespace);
      count(namespace);
    }
  }

  private void measured(String target, String namespace, Metric metric) {
    metrics.analysisResult(target, namespace, metric.name(), metric.outcome());
    Double value = metric.value();
    if (value != null) {
      boolean duration = metric.name().equals(MetricCheck.REQUEST_DURATION);
      metrics.analysis(target, namespace, metric.name(), duration ? value / MILLIS : value);
    }
  }

  private void ended(Canary canary, TickRecord record) {
    String target = canary.targetName();
    String namespace = canary.namespace();
    var strategy = canary.strategy();
    switch (record.verdict()) {
      case Verdict.Succeed _ ->
          metrics.success(target, namespace, strategy, AnalysisStatus.COMPLETED);
      case Verdict.PromoteUnanalysed _ ->
          metrics.success(target, namespace, strategy, AnalysisStatus.SKIPPED);
      case Verdict.Rollback _, Verdict.Strand _ ->
          metrics.failure(target, namespace, strategy, AnalysisStatus.COMPLETED);
      default -> {}
    }
  }

  private void count(String namespace) {
    String prefix = namespace + "/";
    long count = targets.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    metrics.total(namespace, (int) count);
  }
}
