package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.testing.RealCluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole rollouts on a real API server, by a controller that holds the shipped ClusterRole only. */
@RealCluster
class RealClusterIT {

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "istio", "nginx"})
  void aGoodReleaseIsPromotedAndABadOneIsRolledBack(String provider) {
    try (LiveNamespace run = LiveNamespace.served("rollout")) {
      // given
      initialised(run, Live.canary(provider, Live.analysis(provider)));
      // when
      run.release("6.0.1");
      // then
      run.reaches(Phase.SUCCEEDED);
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
      // when
      run.meter.gives("request-success-rate", Metric.Outcome.FAIL);
      run.release("6.0.2");
      // then
      run.reaches(Phase.FAILED);
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
      run.eventually("the target at zero", () -> run.replicas("podinfo") == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio"})
  void anAbTestRoutesThoseWhoMatchAndEndsWithPlainRoutes(String provider) {
    try (LiveNamespace run = LiveNamespace.served("ab")) {
      initialised(
          run,
          Live.canary(provider, "iterations: 2\nmatch: [{headers: {x-canary: {exact: insider}}}]"));
      List<String> routes = routes(run, provider);

      run.release("6.0.1");

      run.reaches(Phase.SUCCEEDED);
      assertThat(routes).anyMatch(route -> route.contains("x-canary"));
      assertThat(route(run, provider).tree().toString()).doesNotContain("\"weight\":50");
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio"})
  void sessionsStickToTheirSideWhileTheRolloutLasts(String provider) {
    try (LiveNamespace run = LiveNamespace.served("affinity")) {
      initialised(
          run,
          Live.canary(
              provider,
              Live.STEPS + "\nsessionAffinity: {cookieName: podinfo-canary, maxAge: 60}"));
      List<String> routes = routes(run, provider);

      run.release("6.0.1");

      run.reaches(Phase.SUCCEEDED);
      String cookie = run.canary().status().previousSessionAffinityCookie();
      assertThat(cookie).startsWith("podinfo-canary=");
      assertThat(routes).anyMatch(route -> route.contains(cookie + "; Max-Age=60"));
      assertThat(run.canary().status().sessionAffinityCookie()).isEmpty();
    }
  }

  @Test
  void aBlueGreenReleaseIsMirroredBeforeItServes() {
    try (LiveNamespace run = LiveNamespace.served("mirror")) {
      initialised(run, Live.canary("istio", "iterations: 2\nmirror: true\nmirrorWeight: 25"));
      List<String> routes = routes(run, "istio");

      run.release("6.0.1");

      run.reaches(Phase.SUCCEEDED);
      assertThat(routes).anyMatch(route -> route.contains("\"mirrorPercentage\":{\"value\":25"));
      assertThat(route(run, "istio").tree().toString()).doesNotContain("mirror\"");
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
    }
  }

  @Test
  void thePrimaryHasItsOwnAutoscalerAndConfiguration() {
    try (LiveNamespace run = LiveNamespace.served("configs")) {
      // given
      run.apply(config("blue"));
      run.apply(secret());
      run.apply(configured());
      run.apply(Scenario.autoscaler("podinfo", 80));
      run.apply(
          Live.canary(
              "podinfo",
              "gatewayapi:v1",
              Live.STEPS,
              "autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler,"
                  + " name: podinfo}"));
      run.reaches(Phase.INITIALIZED);
      assertThat(copied(run)).isEqualTo("blue");
      assertThat(run.get("v1", "Secret", "token-primary").tree().at("/data/token").stringValue())
          .isEqualTo("czNjcjN0");
      assertThat(run.deployment("podinfo-primary").tree().at("/spec/template").toString())
          .contains("colours-primary", "token-primary");
      assertThat(scaled(run)).isEqualTo("podinfo-primary");
      // when
      run.apply(config("green"));
      // then
      run.reaches(Phase.PROGRESSING);
      assertThat(copied(run)).as("until promoted").isEqualTo("blue");
      run.reaches(Phase.SUCCEEDED);
      assertThat(copied(run)).isEqualTo("green");
      assertThat(run.canary().status().trackedConfigs()).containsKey("configmap/colours");
    }
  }

  @Test
  void deletingTheCanaryPutsEverythingBackWhereThatWasAskedFor() {
    try (LiveNamespace run = LiveNamespace.served("revert")) {
      // given
      run.apply(service());
      run.apply(virtualService());
      run.apply(Live.deployment());
      run.apply(Live.canary("podinfo", "istio", Live.STEPS, "revertOnDeletion: true"));
      run.reaches(Phase.INITIALIZED);
      run.eventually("the target at zero", () -> run.replicas("podinfo") == 0);
      assertThat(selector(run)).isEqualTo("podinfo-primary");
      // when
      run.delete("flagger.app/v1beta1", "Canary", "podinfo");
      // then
      run.eventually(
          "the Canary to go", () -> run.find("flagger.app/v1beta1", "Canary", "podinfo") == null);
      assertThat(run.replicas("podinfo")).isEqualTo(2);
      assertThat(selector(run)).isEqualTo("podinfo");
      assertThat(
              route(run, "istio").tree().at("/spec/http/0/route/0/destination/host").stringValue())
          .isEqualTo("podinfo");
    }
  }

  @Test
  void aPlainlyDeletedCanaryIsGoneAtOnceAndLeavesEverythingAsItIs() {
    try (LiveNamespace run = LiveNamespace.served("delete")) {
      initialised(run, Live.canary("kubernetes", Live.ITERATIONS));
      run.eventually("the target at zero", () -> run.replicas("podinfo") == 0);

      run.delete("flagger.app/v1beta1", "Canary", "podinfo");

      run.eventually(
          "the Canary to go", () -> run.find("flagger.app/v1beta1", "Canary", "podinfo") == null);
      assertThat(run.replicas("podinfo-primary")).isEqualTo(2);
      assertThat(selector(run)).isEqualTo("podinfo-primary");
    }
  }

  private static void initialised(LiveNamespace run, KubeObject canary) {
    run.apply(Live.deployment());
    run.apply(Live.ingress());
    run.apply(canary);
    run.reaches(Phase.INITIALIZED);
  }

  private static String selector(LiveNamespace run) {
    return run.get("v1", "Service", "podinfo").text("", "spec", "selector", "app");
  }

  private static String copied(LiveNamespace run) {
    return run.get("v1", "ConfigMap", "colours-primary").text("", "data", "colour");
  }

  private static String scaled(LiveNamespace run) {
    return run.get("autoscaling/v2", "HorizontalPodAutoscaler", "podinfo-primary")
        .text("", "spec", "scaleTargetRef", "name");
  }

  private static KubeObject route(LiveNamespace run, String provider) {
    return provider.equals("istio")
        ? run.get("networking.istio.io/v1beta1", "VirtualService", "podinfo")
        : run.get("gateway.networking.k8s.io/v1", "HTTPRoute", "podinfo");
  }

  private static List<String> routes(LiveNamespace run, String provider) {
    return provider.equals("istio")
        ? run.versions("networking.istio.io/v1beta1", "VirtualService", "podinfo")
        : run.versions("gateway.networking.k8s.io/v1", "HTTPRoute", "podinfo");
  }

  /** What the user had before Serin came. */
  private static KubeObject service() {
    return Scenario.yaml(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: podinfo}
        spec:
          selector: {app: podinfo}
          ports: [{name: http, port: 80, targetPort: 80}]
        """);
  }

  private static KubeObject virtualService() {
    return Scenario.yaml(
        """
        apiVersion: networking.istio.io/v1beta1
        kind: VirtualService
        metadata: {name: podinfo}
        spec:
          hosts: [podinfo.example.com]
          http: [{route: [{destination: {host: podinfo}}]}]
        """);
  }

  private static KubeObject config(String colour) {
    return Scenario.yaml(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: colours}
        data: {colour: %s}
        """
            .formatted(colour));
  }

  private static KubeObject secret() {
    return Scenario.yaml(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: token}
        data: {token: czNjcjN0}
        """);
  }

  private static KubeObject configured() {
    return Scenario.yaml(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: podinfo}
        spec:
          selector: {matchLabels: {app: podinfo}}
          template:
            metadata: {labels: {app: podinfo}}
            spec:
              containers:
              - name: app
                image: podinfo:6.0.0
                ports: [{name: http, containerPort: 80}]
                envFrom: [{configMapRef: {name: colours}}]
                env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: token}}}]
        """);
  }
}
