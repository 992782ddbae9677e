package io.serin.rollout;

import io.serin.api.KubeObject;
import tools.jackson.databind.node.ObjectNode;

/** Objects that users apply to a real cluster. */
final class Live {

  static final String STEPS = "stepWeight: 50\nmaxWeight: 100";
  static final String TENTHS = "stepWeight: 10\nmaxWeight: 100";
  static final String ITERATIONS = "iterations: 2";
  static final String CHECK =
      "metrics: [{name: request-success-rate, interval: 1m, thresholdRange: {min: 99}}]";

  private Live() {}

  /** The default analysis of a provider: two steps, or two iterations. */
  static String analysis(String provider) {
    return provider.equals("kubernetes") ? ITERATIONS : STEPS;
  }

  /** The Canary {@code podinfo} with the shortest interval and one check. */
  static KubeObject canary(String provider, String analysis) {
    return canary("podinfo", provider, analysis, "");
  }

  /**
   * A Canary on the Deployment of the same name.
   *
   * @param more fields of its spec, as YAML
   */
  static KubeObject canary(String name, String provider, String analysis, String more) {
    return Scenario.yaml(
        """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: %s}
        spec:
          provider: %s
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
          ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: %s}
          service:
            port: 80
            gatewayRefs: [{name: gateway, namespace: infra}]
          analysis:
            interval: 10s
            threshold: 2
        %s
        %s
        """
            .formatted(
                name,
                provider,
                name,
                name,
                (analysis.contains("metrics:") ? analysis : analysis + "\n" + CHECK).indent(4),
                more.indent(2)));
  }

  static KubeObject deployment() {
    return deployment("podinfo");
  }

  static KubeObject deployment(String name) {
    return Scenario.deployment(name, "6.0.0").with(Live::withoutNamespace);
  }

  static KubeObject ingress() {
    return Scenario.ingress().with(Live::withoutNamespace);
  }

  private static void withoutNamespace(ObjectNode tree) {
    ((ObjectNode) tree.get("metadata")).remove("namespace");
  }
}
