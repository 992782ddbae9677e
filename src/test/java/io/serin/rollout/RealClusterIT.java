package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole rollouts on a real API server, by a controller that holds the shipped ClusterRole only. */
@RealCluster
class RealClusterIT {

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "istio", "nginx"})
  void aGoodReleaseIsPromotedAndABadOneIsRolledBack(String provider) {
    try (LiveNamespace run = new LiveNamespace(KubeApiServer.shared(), "rollout", () -> true)) {
      // given
      run.apply(Scenario.deployment("podinfo", "6.0.0"));
      run.apply(ingress());
      run.apply(canary(provider));
      reaches(run, Phase.INITIALIZED);
      // when
      run.release("6.0.1");
      // then
      reaches(run, Phase.SUCCEEDED);
      assertThat(image(run, "podinfo-primary")).isEqualTo("podinfo:6.0.1");
      // when
      run.meter.gives("request-success-rate", Metric.Outcome.FAIL);
      run.release("6.0.2");
      // then
      reaches(run, Phase.FAILED);
      assertThat(image(run, "podinfo-primary")).isEqualTo("podinfo:6.0.1");
      await()
          .atMost(LiveNamespace.patience())
          .until(
              () -> run.get("apps/v1", "Deployment", "podinfo").number(1, "spec", "replicas") == 0);
    }
  }

  static void reaches(LiveNamespace run, Phase phase) {
    try {
      await().atMost(LiveNamespace.patience()).until(() -> run.canary().status().phase() == phase);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(
          "wanted " + phase + " but is " + run.canary().status() + "\n" + tail(run), e);
    }
  }

  private static String tail(LiveNamespace run) {
    StringBuilder text = new StringBuilder();
    for (TickRecord record :
        run.records.subList(Math.max(0, run.records.size() - 8), run.records.size())) {
      text.append(record.verdict())
          .append(' ')
          .append(record.effects())
          .append(' ')
          .append(record.told())
          .append('\n');
    }
    return text.toString();
  }

  static String image(LiveNamespace run, String deployment) {
    KubeObject object = run.get("apps/v1", "Deployment", deployment);
    return object.tree().at("/spec/template/spec/containers/0/image").stringValue();
  }

  static KubeObject canary(String provider) {
    String analysis =
        provider.equals("kubernetes") ? "iterations: 2" : "stepWeight: 50\nmaxWeight: 100";
    String ingress =
        provider.equals("nginx")
            ? "ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: podinfo}"
            : "";
    return Scenario.canary(
            "podinfo",
            provider,
            analysis.replace("1m", "10s")
                + "\nmetrics: [{name: request-success-rate, thresholdRange: {min: 99}}]",
            ingress)
        .with(
            tree -> {
              ((tools.jackson.databind.node.ObjectNode) tree.at("/spec/analysis"))
                  .put("interval", "10s");
              ((tools.jackson.databind.node.ObjectNode) tree.at("/metadata"))
                  .remove("creationTimestamp");
            });
  }

  static KubeObject ingress() {
    return Scenario.yaml(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: podinfo, namespace: test}
        spec:
          rules:
          - host: podinfo.example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: podinfo, port: {number: 80}}}
        """);
  }
}
