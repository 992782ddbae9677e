package io.serin.api;

import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong with a Canary as a whole, where each field alone would do. */
final class CanaryProblems {
  private static final String KNATIVE = "knative";
  private static final String KUBERNETES = "kubernetes";

  private CanaryProblems() {}

  static void find(Canary canary, List<Finding> findings) {
    CanarySpec spec = canary.spec();
    target(spec.targetRef(), findings);
    port(spec, findings);
    knative(spec, findings);
    steps(canary, findings);
  }

  static List<Finding> crossNamespaceRefs(Canary canary) {
    List<Finding> findings = new ArrayList<>();
    String own = canary.namespace();
    LocalRef upstream = canary.spec().upstreamRef();
    if (upstream != null) {
      sameNamespace(
          own,
          "spec.upstreamRef",
          "gloo upstream",
          upstream.name(),
          upstream.namespaceOr(own),
          findings);
    }
    Analysis analysis = canary.analysis();
    for (MetricCheck metric : analysis.metrics()) {
      TemplateRef template = metric.templateRef();
      if (template != null) {
        sameNamespace(
            own,
            "spec.analysis.metrics",
            "metric template",
            template.name(),
            template.namespaceOr(own),
            findings);
      }
    }
    for (AlertRef alert : analysis.alerts()) {
      ProviderRef provider = alert.providerRef();
      sameNamespace(
          own,
          "spec.analysis.alerts",
          "alert provider",
          provider.name(),
          provider.namespaceOr(own),
          findings);
    }
    return List.copyOf(findings);
  }

  private static void sameNamespace(
      String own,
      String field,
      String what,
      String name,
      String namespace,
      List<Finding> findings) {
    if (!namespace.equals(own)) {
      findings.add(
          Finding.error(
              field,
              "can't access %s %s.%s, cross-namespace references are blocked"
                  .formatted(what, name, namespace)));
    }
  }

  private static void target(TargetRef target, List<Finding> findings) {
    if (target.kind().isEmpty() || target.name().isEmpty()) {
      findings.add(
          Finding.error(
              "spec.targetRef", "has no kind or no name; write the workload to roll out"));
    }
  }

  private static void port(CanarySpec spec, List<Finding> findings) {
    int port = spec.service().port();
    boolean needed = !spec.targetRef().isKnativeService();
    if ((needed || port != 0) && (port < 1 || port > 65_535)) {
      findings.add(
          Finding.error(
              "spec.service.port", "is %d; write a port from 1 to 65535".formatted(port)));
    }
  }

  private static void knative(CanarySpec spec, List<Finding> findings) {
    TargetRef target = spec.targetRef();
    boolean knativeProvider = spec.provider().equals(KNATIVE);
    if (target.isKnativeService() && !knativeProvider) {
      findings.add(
          Finding.error(
              "spec.provider",
              "can't use %s provider with Knative Service as target"
                  .formatted(spec.providerOr("the controller's default"))));
    }
    if (!target.isKnativeService() && knativeProvider) {
      findings.add(
          Finding.error(
              "spec.targetRef",
              "can't use %s/%s as target if provider is set to knative"
                  .formatted(target.apiVersion(), target.kind())));
    }
    if (target.isKnativeService() && spec.autoscalerRef() != null) {
      findings.add(
          Finding.error("spec.autoscalerRef", "can't use autoscaler with Knative Service"));
    }
  }

  /**
   * Without a step a progressive run never ends. The kubernetes provider needs none: it counts
   * iterations.
   */
  private static void steps(Canary canary, List<Finding> findings) {
    Analysis analysis = canary.spec().analysis();
    if (analysis == null
        || canary.analysisSkipped()
        || canary.spec().provider().equals(KUBERNETES)) {
      return;
    }
    boolean stalls = analysis.stepWeight() <= 0 && analysis.stepWeights().isEmpty();
    if (analysis.strategy() == Strategy.PROGRESSIVE && stalls) {
      findings.add(
          Finding.error(
              "spec.analysis.stepWeight",
              "is %d and there are neither stepWeights nor iterations; write a step from 1 to 100"
                  .formatted(analysis.stepWeight())));
    }
  }
}
