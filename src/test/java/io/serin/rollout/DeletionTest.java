package io.serin.rollout;

import static io.serin.rollout.Analyses.AB;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a Canary that goes. */
class DeletionTest {

  private static final String REVERT = "revertOnDeletion: true";

  @Test
  void i5_theFinalizerComesAndGoesWithTheWish() {
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised();
    assertThat(run.object().finalizers()).containsExactly(Names.FINALIZER);

    run.spec("revertOnDeletion: false").tick();

    assertThat(run.object().finalizers()).isEmpty();
  }

  @Test
  void t16_aDeletedCanaryTerminates() {
    // given
    Scenario run = new Scenario("istio", STEPS, REVERT).progressing().intervals(2);
    run.unready("podinfo");
    // when
    run.delete().tick();
    // then
    assertThat(run)
        .isInPhase(Phase.TERMINATING)
        .hasCondition("Unknown", "Canary deleted, reverting what it changed.")
        .hasWeight(0)
        .hasIterations(0)
        .told("Terminating canary podinfo.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "istio", "nginx"})
  void t17_i6_theTargetServesAgainAndTheCanaryGoes(String provider) {
    // given
    String analysis = provider.equals("kubernetes") ? "iterations: 3" : STEPS;
    Scenario run = Scenario.of(provider, analysis, REVERT).initialised();
    // when
    run.delete().tick();
    // then
    assertThat(run.replicas("podinfo")).isEqualTo(2);
    // when
    run.tick();
    // then
    assertThat(run.gone()).isTrue();
    assertThat(run).told("Terminated canary podinfo.test");
  }

  @Test
  void t17_waitsUntilTheTargetServes() {
    // given
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised().unready("podinfo");
    // when
    run.delete().tick().intervals(3);
    // then
    assertThat(run).isInPhase(Phase.TERMINATING).leadsTo("podinfo-primary");
    // when
    run.ready("podinfo").tick();
    // then
    assertThat(run.gone()).isTrue();
  }

  @Test
  void i7_foreignObjectsGetBackWhatTheyWere() {
    // given
    ObjectRef service = new ObjectRef("v1", "Service", "test", "podinfo");
    ObjectRef route =
        new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo");
    Scenario run = new Scenario("istio", AB, REVERT);
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: podinfo, namespace: test}
            spec: {selector: {app: podinfo}, ports: [{port: 80}]}
            """));
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: networking.istio.io/v1beta1
            kind: VirtualService
            metadata: {name: podinfo, namespace: test}
            spec:
              hosts: [app.example.com]
              http: [{retries: {attempts: 3}, route: [{destination: {host: podinfo}}]}]
            """));
    var before = run.cluster.stored(route).at("spec").deepCopy();
    run.initialised();
    assertThat(run).leadsTo("podinfo-primary");
    // when
    run.delete().tick().tick();
    // then
    assertThat(run.gone()).isTrue();
    assertThat(run.apexSelector()).isEqualTo("podinfo");
    assertThat(run.cluster.stored(service)).isNotNull();
    assertThat(run.cluster.stored(route).at("spec")).isEqualTo(before);
  }

  @Test
  void w12_aTickDuringTheTerminationStartsNoRunAndUndoesNothing() {
    // given
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised().unready("podinfo");
    run.delete().tick();
    // when
    run.release("6.0.1").intervals(2);
    // then
    assertThat(run).isInPhase(Phase.TERMINATING).hasTargetReplicas(2);
    // when
    run.ready("podinfo").tick();
    // then
    assertThat(run.gone()).isTrue();
  }

  @Test
  void w32_whatIsGoneAlreadyDoesNotKeepTheCanary() {
    // given
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised();
    run.cluster.remove(Scenario.deploymentRef("podinfo"));
    run.cluster.remove(new ObjectRef("v1", "Service", "test", "podinfo"));
    run.cluster.remove(
        new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo"));
    // when
    run.delete().tick().tick();
    // then
    assertThat(run.gone()).isTrue();
  }

  @Test
  void aControllerThatJustStartedRevertsBeforeItLetsGo() {
    // given a deletion under way while the controller restarts
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised().unready("podinfo");
    run.delete().tick();
    // when its caches are not filled yet
    run.cluster.synced(false);
    run.restart().tick().tick();
    // then
    assertThat(run).isInPhase(Phase.TERMINATING);
    // when
    run.cluster.synced(true);
    run.ready("podinfo").tick();
    // then
    assertThat(run.gone()).isTrue();
    assertThat(run.replicas("podinfo")).isEqualTo(2);
  }

  @Test
  void withoutRevertingNothingIsTouched() {
    // given
    Scenario run = new Scenario("istio", STEPS).initialised();
    run.forgetTold();
    // when
    run.delete().tick();
    // then
    assertThat(run.gone()).isTrue();
    assertThat(run.replicas("podinfo")).isZero();
    assertThat(run).wrote();
  }

  @Test
  void aStuckTargetIsNamed() {
    // given
    Scenario run = new Scenario("istio", STEPS, REVERT).initialised().unready("podinfo");
    // when
    run.delete().tick().tick();
    // then
    assertThat(run)
        .isInPhase(Phase.TERMINATING)
        .isBecause("waiting for podinfo to serve again: canary deployment podinfo.test not ready");
  }
}
