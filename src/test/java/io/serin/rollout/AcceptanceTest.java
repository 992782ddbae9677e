package io.serin.rollout;

import static io.serin.rollout.Analyses.BLUE_GREEN;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The end-to-end suites of Flagger's four providers, as far as they are about the controller. */
class AcceptanceTest {

  @Test
  void i1_i2_portsOfTheTargetAreDiscoveredAndTheApexCarriesItsMetadata() {
    // given
    String service =
        """
        service:
          port: 80
          portDiscovery: true
          apex: {annotations: {test: annotation-test}, labels: {test: label-test}}
        """;
    Scenario run = new Scenario("istio", STEPS).spec(service);
    run.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/spec/containers/0"))
                .withArrayProperty("ports")
                .addObject()
                .put("name", "http-metrics")
                .put("containerPort", 9797));
    run.follow();
    // when
    run.initialised();
    // then
    KubeObject apex = run.cluster.stored(new ObjectRef("v1", "Service", "test", "podinfo"));
    assertThat(apex.annotation("test")).isEqualTo("annotation-test");
    assertThat(apex.labels()).containsEntry("test", "label-test");
    assertThat(apex.list("spec", "ports"))
        .extracting(port -> port.path("port").intValue())
        .containsExactlyInAnyOrder(80, 9797);
    // when
    run.release("6.0.1").tick().intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void i3_theStrategyMayChangeBetweenRuns() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(6);
    // when
    run.edit(
        tree ->
            ((ObjectNode) tree.get("spec"))
                .set("analysis", Scenario.yaml(hooked(BLUE_GREEN, "pre-rollout")).tree()));
    run.release("6.0.2").tick().intervals(7);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2").sendsToCanary(0);
  }

  @Test
  void i10_aDelegatedVirtualServiceCarriesTheSplit() {
    // given
    Scenario run = new Scenario("istio", STEPS).spec("service: {port: 80, delegation: true}");
    // when
    run.progressing().intervals(2);
    // then
    KubeObject route =
        run.cluster.stored(
            new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo"));
    assertThat(route.has("spec", "hosts")).isFalse();
    assertThat(run).sendsToCanary(20);
  }

  @Test
  void w29_aRouteIsRepairedAlsoWithSessionAffinityWithoutAPrimaryCookie() {
    // given
    Scenario run =
        new Scenario("istio", STEPS + "sessionAffinity: {cookieName: canary-cookie}")
            .spec("service: {port: 80, match: [{uri: {prefix: /}}]}")
            .progressing()
            .intervals(2);
    ObjectRef ref =
        new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo");
    var before = run.cluster.stored(ref).at("spec").deepCopy();
    // when
    run.cluster.edit(
        ref,
        tree ->
            tree.at("/spec/http")
                .forEach(
                    rule ->
                        rule.path("route")
                            .forEach(
                                to ->
                                    ((ObjectNode) to)
                                        .put(
                                            "weight",
                                            to.toString().contains("podinfo-canary") ? 0 : 100))));
    run.tick();
    // then
    assertThat(run.cluster.stored(ref).at("spec")).isEqualTo(before);
  }

  @Test
  void g1_theRouteExistsBeforeAnythingIsRolledOut() {
    Scenario run =
        new Scenario("gatewayapi:v1", STEPS)
            .spec(
                """
                service:
                  port: 80
                  hosts: [www.example.com]
                  gatewayRefs: [{name: gateway, namespace: istio-ingress}]
                """)
            .initialised();

    KubeObject route =
        run.cluster.stored(
            new ObjectRef("gateway.networking.k8s.io/v1", "HTTPRoute", "test", "podinfo"));

    assertThat(route.at("spec", "hostnames").toString()).isEqualTo("[\"www.example.com\"]");
    assertThat(run).sendsToCanary(0).leadsTo("podinfo-primary");
  }

  @Test
  void g3_errorsTakeTheRevisionBack() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.intervals(3);
    // then
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0").sendsToCanary(0);
  }

  @Test
  void n1_aPromotionNeverShowsFailedAndLeavesTheUsersIngressAlone() {
    // given
    Scenario run = Scenario.of("nginx", "stepWeight: 20\nmaxWeight: 40").initialised();
    ObjectRef ref = new ObjectRef("networking.k8s.io/v1", "Ingress", "test", "podinfo");
    String version = run.cluster.stored(ref).resourceVersion();
    Set<Phase> phases = EnumSet.noneOf(Phase.class);
    // when
    run.release("6.0.1").tick();
    while (run.phase() != Phase.SUCCEEDED && phases.add(run.phase()) | run.phase().isActive()) {
      run.interval();
    }
    // then
    assertThat(phases).containsExactly(Phase.PROGRESSING, Phase.PROMOTING, Phase.FINALISING);
    assertThat(run.cluster.stored(ref).resourceVersion()).isEqualTo(version);
  }

  @Test
  void n3_n4_n5_n6_failuresAndAttemptsInTurn() {
    // given
    Scenario run = Scenario.of("nginx", STEPS).progressing();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when, then: N3
    run.intervals(3);
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0);
    // N4: going back starts nothing and restarts no pod of the primary
    var pods = run.deployment("podinfo-primary").at("spec", "template").deepCopy();
    run.release("6.0.0").intervals(2);
    assertThat(run).isInPhase(Phase.FAILED);
    assertThat(run.deployment("podinfo-primary").at("spec", "template")).isEqualTo(pods);
    // N5: the same bad revision again
    run.release("6.0.1").tick();
    assertThat(run).isInPhase(Phase.PROGRESSING);
    run.intervals(3);
    assertThat(run).isInPhase(Phase.FAILED);
    // N6: the same image with an annotation, and healthy
    run.meter.gives(CHECK, Metric.Outcome.PASS);
    run.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/metadata"))
                .withObjectProperty("annotations")
                .put("attempt", "2"));
    run.tick().intervals(6);
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void k2_plainServicesBehindAGate() {
    Scenario run =
        new Scenario("kubernetes", hooked(BLUE_GREEN, "confirm-rollout", "pre-rollout", "rollout"))
            .initialised();

    run.release("6.0.1").tick().intervals(7);

    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .servesVersion("6.0.1")
        .called(
            "confirm-rollout Initialized",
            "pre-rollout Progressing",
            "rollout Progressing",
            "rollout Progressing",
            "rollout Progressing",
            "rollout Progressing");
  }
}
