package io.serin.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.policy.ShadowDecision;
import io.serin.policy.ShadowDecision.Agreement;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import java.util.List;

/**
 * Counts what shadow policies would have decided. {@code name} is the name of the Canary, {@code
 * policy} that of the shadow policy.
 */
public final class PolicyMetrics implements Teller {

  private final Counter ticks;
  private final Counter disagreements;
  private final Counter unknown;

  PolicyMetrics(PrometheusRegistry registry) {
    ticks =
        counter(
            registry, "serin_policy_shadow_ticks_total", "Ticks that a shadow policy decided, too");
    disagreements =
        counter(
            registry,
            "serin_policy_disagreements_total",
            "Ticks that a shadow policy would have decided in another way");
    unknown =
        counter(
            registry,
            "serin_policy_shadow_unknown_total",
            "Ticks of which a shadow policy cannot tell, for want of an answer");
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    for (ShadowDecision shadow : record.shadows()) {
      String[] labels = {canary.name(), canary.namespace(), shadow.name()};
      ticks.labelValues(labels).inc();
      // Made at once, so that a rate over it sees the first one.
      disagreements.initLabelValues(labels);
      if (shadow.agreement() == Agreement.DISAGREES) {
        disagreements.labelValues(labels).inc();
      } else if (shadow.agreement() == Agreement.CANNOT_TELL) {
        unknown.labelValues(labels).inc();
      }
    }
  }

  @Override
  public void forget(String namespace, String name) {
    for (StatefulMetric<?, ?> metric : List.of(ticks, disagreements, unknown)) {
      metric.removeIf(labels -> labels.get(0).equals(name) && labels.get(1).equals(namespace));
    }
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames("name", "namespace", "policy")
        .withoutExemplars()
        .register(registry);
  }
}
