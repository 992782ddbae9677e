package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;

import io.serin.api.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promoted primary that does not come up: the canary is the healthy copy. */
class FailedPromotionTest {

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio", "nginx"})
  void t12_theCanaryTakesAllTrafficWhenThePromotedPrimaryBreaks(String provider) {
    // given
    Scenario run =
        Scenario.of(provider, hooked(STEPS, "post-rollout/chat")).progressing().intervals(4);
    // when
    run.expired("podinfo-primary").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .hasCondition(
            "False", "Promotion failed, Deployment keeps serving in place of its primary.")
        .hasWeight(100)
        .hasFailedChecks(0)
        .hasIterations(0)
        .sendsToCanary(100)
        .hasTargetReplicas(2)
        .appliedIsNotPromoted()
        .called("chat Failed")
        .told(
            "Promotion of podinfo.test failed, primary not ready: podinfo-primary.test not ready:"
                + " deployment \"podinfo-primary\" exceeded its progress deadline");
  }

  @Test
  void t12_alsoWhileFinalising() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(5);
    assertThat(run).isInPhase(Phase.FINALISING);
    // when
    run.expired("podinfo-primary").interval();
    // then
    assertThat(run).isInPhase(Phase.FAILED).hasWeight(100).sendsToCanary(100).hasTargetReplicas(2);
  }

  @Test
  void w3_theLastGoodPrimaryIsRestoredAndTakesTheTrafficBack() {
    // given
    Scenario run = stranded("istio");
    // then its template is back at once
    assertThat(run).servesVersion("6.0.0").sendsToCanary(100);
    // when it serves
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .hasWeight(0)
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .hasCondition("False", "Canary analysis failed, Deployment scaled to zero.")
        .told("Routing all traffic to the last good primary of podinfo.test");
  }

  @Test
  void w3_theCanaryServesForAsLongAsTheLastGoodPrimaryDoesNot() {
    Scenario run = stranded("istio");

    run.intervals(5);

    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(100).hasTargetReplicas(2);
  }

  @Test
  void w3_withPlainServicesThePrimaryIsRestoredToo() {
    // given
    Scenario run = new Scenario("kubernetes", Analyses.BLUE_GREEN).progressing().intervals(5);
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1");
    // when
    run.expired("podinfo-primary").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0").hasTargetReplicas(2);
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run).hasWeight(0).hasTargetReplicas(0).leadsTo("podinfo-primary");
  }

  @Test
  void w3_aRevisionAppliedMeanwhileStartsOnceTheLastGoodPrimaryServes() {
    // given
    Scenario run = stranded("istio");
    // when
    run.release("6.0.2").tick();
    // then
    assertThat(run).sendsToCanary(100);
    // when
    run.ready("podinfo-primary").tick().tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).sendsToCanary(0);
    // when
    run.intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2");
  }

  @Test
  void w3_w4_withoutASnapshotTheNextRevisionMendsThePrimaryFromTheHealthyCopy() {
    // given
    Scenario run = strandedWithoutSnapshot();
    // when
    run.release("6.0.2").tick();
    // then traffic does not go to the broken primary
    assertThat(run).isInPhase(Phase.PROGRESSING).sendsToCanary(100).hasTargetReplicas(2);
    // when
    run.interval().ready("podinfo-primary").intervals(2);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2").sendsToCanary(0);
  }

  @Test
  void w3_withoutASnapshotGoingBackToTheLastGoodRevisionMendsThePrimary() {
    // given the next revision is tried and taken back
    Scenario run = strandedWithoutSnapshot().release("6.0.2").tick();
    // when
    run.release("6.0.0").tick();
    // then
    assertThat(run).sendsToCanary(100).servesVersion("6.0.0");
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run).sendsToCanary(0).servesVersion("6.0.0").hasTargetReplicas(0);
  }

  private static Scenario strandedWithoutSnapshot() {
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    run.cluster.list("apps/v1", "ControllerRevision", "test").stream()
        .map(io.serin.api.KubeObject::ref)
        .toList()
        .forEach(run.cluster::remove);
    run.expired("podinfo-primary").tick();
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(100).servesVersion("6.0.1");
    return run;
  }

  @Test
  void aRestartForgetsNothingOfAFailedPromotion() {
    Scenario run = stranded("gatewayapi:v1").restart().tick();
    assertThat(run).sendsToCanary(100).hasTargetReplicas(2);

    run.ready("podinfo-primary").restart().tick();

    assertThat(run).sendsToCanary(0).hasTargetReplicas(0).servesVersion("6.0.0");
  }

  private static Scenario stranded(String provider) {
    Scenario run = new Scenario(provider, STEPS).progressing().intervals(4);
    run.expired("podinfo-primary").tick();
    assertThat(run).isInPhase(Phase.FAILED).hasWeight(100);
    return run;
  }

  @Test
  void configurationThatWasEditedMeanwhileDoesNotKeepTheLastGoodPrimaryFromComingBack() {
    // given a run about a new version and new configuration
    Scenario run = Scenario.of("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised().config("colors", "green").release("6.0.1").tick().intervals(4);
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1");
    // when
    run.expired("podinfo-primary").interval();
    // then the template is the last good one, and the canary has the traffic
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0").sendsToCanary(100);
    // when
    run.ready("podinfo-primary").interval();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }
}
