package io.serin.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a Canary wants.
 *
 * @param provider mesh or ingress that splits the traffic; empty for the controller's default
 * @param metricsServer Prometheus for built-in and inline metrics; empty for the controller's
 *     default
 * @param progressDeadlineSeconds how long a rollout of pods may make no progress
 * @param service never null; its port is 0 when the author gave no service
 * @param analysis null when absent, and then nothing is analysed
 */
public record CanarySpec(
    String provider,
    String metricsServer,
    int progressDeadlineSeconds,
    TargetRef targetRef,
    @Nullable AutoscalerRef autoscalerRef,
    @Nullable LocalRef ingressRef,
    @Nullable LocalRef routeRef,
    @Nullable LocalRef upstreamRef,
    ServiceSpec service,
    @Nullable Analysis analysis,
    boolean skipAnalysis,
    boolean revertOnDeletion,
    boolean suspend) {

  private static final int DEFAULT_DEADLINE_SECONDS = 600;

  static CanarySpec read(Fields f) {
    return new CanarySpec(
        f.text("provider"),
        f.text("metricsServer"),
        f.whole("progressDeadlineSeconds", DEFAULT_DEADLINE_SECONDS),
        f.objectOrEmpty("targetRef", TargetRef::read),
        f.object("autoscalerRef", AutoscalerRef::read),
        f.object("ingressRef", LocalRef::read),
        f.object("routeRef", LocalRef::read),
        f.object("upstreamRef", LocalRef::read),
        f.objectOrEmpty("service", ServiceSpec::read),
        f.object("analysis", Analysis::read),
        f.flag("skipAnalysis"),
        f.flag("revertOnDeletion"),
        f.flag("suspend"));
  }

  public Duration progressDeadline() {
    return Duration.ofSeconds(progressDeadlineSeconds);
  }

  /** The spec's provider, else the controller's. */
  public String providerOr(String controllers) {
    return provider.isEmpty() ? controllers : provider;
  }
}
