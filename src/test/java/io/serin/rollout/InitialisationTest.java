package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first sight of a Canary to a primary that serves. */
class InitialisationTest {

  @Test
  void t1_aNewCanaryIsAccepted() {
    Scenario run = new Scenario("gatewayapi:v1", STEPS).tick();

    assertThat(run)
        .isInPhase(Phase.INITIALIZING)
        .hasCondition("Unknown", "New Deployment detected, starting initialization.")
        .servesVersion("6.0.0")
        .hasTargetReplicas(2)
        .leadsTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void t2_aReadyPrimaryTakesOver(String provider) {
    String analysis = provider.equals("kubernetes") ? "iterations: 3" : STEPS;
    Scenario run = Scenario.of(provider, analysis).tick().tick();

    assertThat(run)
        .isInPhase(Phase.INITIALIZED)
        .hasCondition("True", "Deployment initialization completed.")
        .hasWeight(0)
        .hasFailedChecks(0)
        .hasIterations(0)
        .appliedIsPromoted()
        .leadsTo("podinfo-primary")
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .toldOnce("Initialization done! podinfo.test");
  }

  @Test
  void t2_waitsForThePrimary() {
    // given
    Scenario run = new Scenario("istio", STEPS).unready("podinfo-primary").tick();
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .isInPhase(Phase.INITIALIZING)
        .hasTargetReplicas(2)
        .leadsTo("")
        .toldOnce(
            "podinfo-primary.test not ready: waiting for rollout to finish: 0 of 2 (readyThreshold"
                + " 100%) updated replicas are available");
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0);
  }

  @Test
  void t3_w8_aFirstPrimaryThatNeverComesUpLeavesTheTargetServing() {
    // given
    Scenario run = new Scenario("kubernetes", "iterations: 3").expired("podinfo-primary").tick();
    // when
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).hasTargetReplicas(2).leadsTo("");
    assertThat(run).hasCondition("False", "Initialization failed, the primary never became ready.");
  }

  @Test
  void t3_anAbandonedCanaryIsTriedAgainWhenItsTargetChanges() {
    // given
    Scenario run = new Scenario("istio", STEPS).expired("podinfo-primary").tick().tick();
    // when
    run.ready("podinfo-primary").release("6.0.1").tick().tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).servesVersion("6.0.1").hasTargetReplicas(0);
  }

  @Test
  void anAbandonedCanaryGoesOnWhenItsPrimaryComesUpAfterAll() {
    // given
    Scenario run = new Scenario("istio", STEPS).expired("podinfo-primary").tick().tick();
    // when
    run.ready("podinfo-primary").tick().tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).servesVersion("6.0.0").hasTargetReplicas(0);
  }

  @Test
  void skippingTheAnalysisStillWaitsForTheFirstPrimary() {
    // given
    Scenario run =
        new Scenario("gatewayapi:v1", STEPS, "skipAnalysis: true").unready("podinfo-primary");
    // when
    run.tick().interval();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZING).hasTargetReplicas(2).leadsTo("");
    run.ready("podinfo-primary").interval();
    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0);
  }

  @Test
  void theMetricProvidersAreTriedOutAndToldOnce() {
    Scenario run = new Scenario("istio", STEPS).unready("podinfo-primary").tick().intervals(3);

    run.ready("podinfo-primary").interval();

    assertThat(run).toldOnce("all the metrics providers are available!");
  }

  @Test
  void k1_aServiceThatWasThereBeforeIsTakenOver() {
    // given
    Scenario run = new Scenario("kubernetes", "iterations: 3");
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: podinfo, namespace: test, labels: {team: web}}
            spec: {selector: {app: podinfo}, ports: [{port: 80}]}
            """));
    // when
    run.tick();
    // then
    assertThat(run).leadsTo("podinfo");
    // when
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).leadsTo("podinfo-primary");
  }

  @Test
  void k5_thePrimaryGetsAnAutoscalerOfItsOwn() {
    // given
    Scenario run =
        new Scenario(
            "kubernetes",
            "iterations: 3",
            "autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name:"
                + " podinfo}");
    run.cluster.put(Scenario.autoscaler("podinfo", 99));
    // when
    run.initialised();
    // then
    org.assertj.core.api.Assertions.assertThat(run.utilization("podinfo-primary")).isEqualTo(99);
  }

  @Test
  void w15_aMissingPrimaryComesBackFromThePromotedTemplateNotFromTheFailedOne() {
    // given a failed revision in the target
    Scenario run = new Scenario("istio", STEPS).progressing();
    run.annotate("flagger.app/forceRollback", "true").tick();
    assertThat(run).isInPhase(Phase.FAILED);
    // when
    run.cluster.remove(Scenario.deploymentRef("podinfo-primary"));
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0");
    org.assertj.core.api.Assertions.assertThat(run.replicas("podinfo-primary")).isEqualTo(2);
  }

  @Test
  void aRevisionThatArrivesJustBeforeThePrimaryTakesOverIsNotLost() {
    // given a first primary that is ready
    Scenario run = new Scenario("gatewayapi:v1", STEPS).tick();
    // when the target changes before the next tick
    run.release("6.0.1").tick();
    // then the primary follows first
    assertThat(run).isInPhase(Phase.INITIALIZING).servesVersion("6.0.1").hasTargetReplicas(2);
    assertThat(run.tick()).isInPhase(Phase.INITIALIZED).servesVersion("6.0.1").appliedIsPromoted();
  }

  @Test
  void configurationThatChangesJustBeforeThePrimaryTakesOverIsNotLost() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).config("colors", "blue").reading("colors");
    run.tick();
    // when
    run.config("colors", "green").tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZING);
    run.tick();
    assertThat(run).isInPhase(Phase.INITIALIZED);
    assertThat(run.config("colors-primary")).isEqualTo("green");
  }
}
