package io.serin.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.serin.rollout.AlertCounter;
import java.util.Locale;

/** Counts what became of alerts, by the type of their receiver. */
public final class AlertMetrics implements AlertCounter {

  private final Counter alerts;

  AlertMetrics(PrometheusRegistry registry) {
    alerts =
        Counter.builder()
            .name("serin_alerts_total")
            .help("Alerts by the type of their receiver and what became of them")
            .labelNames("receiver", "result")
            .withoutExemplars()
            .register(registry);
  }

  @Override
  public void count(String receiver, Result result) {
    for (Result possible : Result.values()) {
      // Made at once, so that a rate over it sees the first one.
      alerts.initLabelValues(receiver, label(possible));
    }
    alerts.labelValues(receiver, label(result)).inc();
  }

  private static String label(Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }
}
