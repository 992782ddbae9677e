package io.serin.server;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Everything that {@code /metrics} shows: the rollouts, the process, and what others register. */
public final class Metrics implements AutoCloseable {

  /**
   * Prometheus text and never OpenMetrics, as Flagger does: OpenMetrics cannot tell a gauge from a
   * counter of the same name, see {@link RolloutMetrics}.
   */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry = registry(new PrometheusRegistry());
  private final PrometheusMeterRegistry apart = registry(new PrometheusRegistry());
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final RolloutMetrics rollouts =
      new RolloutMetrics(registry.getPrometheusRegistry(), apart.getPrometheusRegistry());

  private final PolicyMetrics policies = new PolicyMetrics(registry.getPrometheusRegistry());
  private final AlertMetrics alerts = new AlertMetrics(registry.getPrometheusRegistry());

  /** Starts to watch the JVM. */
  public Metrics() {
    List<MeterBinder> binders =
        List.of(
            collector,
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
  }

  /** Where other rooms register meters of their own. */
  public MeterRegistry registry() {
    return registry;
  }

  public RolloutMetrics rollouts() {
    return rollouts;
  }

  /** What is counted about policies. */
  public PolicyMetrics policies() {
    return policies;
  }

  /** What is counted about alerts. */
  public AlertMetrics alerts() {
    return alerts;
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
    apart.close();
  }

  String scrape() {
    return registry.scrape(CONTENT_TYPE) + apart.scrape(CONTENT_TYPE);
  }

  private static PrometheusMeterRegistry registry(PrometheusRegistry registry) {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  }
}
