package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What counts as a new revision, and what keeps one waiting. */
class DetectionTest {

  private static final String GATED = hooked(STEPS, "confirm-rollout/gate");

  @Test
  void t4_aClosedRolloutGateKeepsANewRevisionWaiting() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    run.hooks.refuse("gate");
    // when
    run.release("6.0.1").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.WAITING)
        .hasCondition("Unknown", "Waiting for approval.")
        .appliedIsPromoted()
        .hasTargetReplicas(0)
        .called("gate Initialized")
        .toldExactly("Halt podinfo.test advancement waiting for approval gate");
  }

  @Test
  void t4_aClosedGateIsAskedAgainAtEachIntervalAndToldOnce() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    run.hooks.refuse("gate");
    // when
    run.release("6.0.1").tick().after(Duration.ofSeconds(20)).intervals(2);
    // then
    assertThat(run)
        .isInPhase(Phase.WAITING)
        .called("gate Initialized", "gate Waiting", "gate Waiting")
        .toldOnce("Halt podinfo.test advancement waiting for approval gate");
  }

  @Test
  void t5_aNewRevisionStartsARun() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    // when
    run.release("6.0.1").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasCondition("Unknown", "New revision detected, progressing canary analysis.")
        .hasWeight(0)
        .hasFailedChecks(0)
        .hasIterations(0)
        .appliedIsNotPromoted()
        .hasTargetReplicas(2)
        .sendsToCanary(0)
        .toldExactly(
            "Confirm-rollout check gate passed", "New revision detected! Scaling up podinfo.test");
  }

  @Test
  void t5_aWaitingRevisionStartsOnceItsGateOpens() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    run.hooks.refuse("gate");
    run.release("6.0.1").tick();
    // when
    run.hooks.allow("gate");
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasTargetReplicas(2);
  }

  @Test
  void t5_theNewestWaitingRevisionIsTheOneThatStarts() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    run.hooks.refuse("gate");
    run.release("6.0.1").tick();
    // when
    run.release("6.0.2").tick();
    run.hooks.allow("gate");
    run.interval().intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2");
  }

  @Test
  void t5_anotherRevisionStartsAfterASuccess() {
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(6);
    assertThat(run).isInPhase(Phase.SUCCEEDED);

    run.release("6.0.2").tick();

    assertThat(run).isInPhase(Phase.PROGRESSING).hasTargetReplicas(2);
  }

  @Test
  void n5_aRevisionThatFailedStartsAgainWhenItIsAppliedAfterARevert() {
    // given a failed run
    Scenario run = failed();
    // when the user goes back: N4
    run.release("6.0.0").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0").hasTargetReplicas(0);
    // when the user tries the same revision again: N5
    run.release("6.0.1").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasTargetReplicas(2);
  }

  @Test
  void n6_anAnnotationOnThePodTemplateTriesAFailedRevisionAgain() {
    // given
    Scenario run = failed();
    // when
    run.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/metadata"))
                .withObjectProperty("annotations")
                .put("retry", "1"));
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING);
  }

  /** Found after an outage: own writes wake nobody, so the canary waited for ever. */
  @Test
  void aNewRevisionThatWaitsForARepairedRouteIsLookedAtAgain() {
    // given
    Scenario run = new Scenario("istio", STEPS).initialised().release("6.0.1");
    run.cluster.remove(
        new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo"));
    // when
    Tick.Result repaired = Objects.requireNonNull(run.crashTick());
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED);
    assertThat(repaired.next()).isEqualTo(Duration.ofSeconds(2));
    // when
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING);
  }

  @Test
  void theNumberOfReplicasIsNoNewRevision() {
    Scenario run = new Scenario("istio", STEPS).initialised();

    run.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree -> ((ObjectNode) tree.get("spec")).put("replicas", 5));
    run.tick();

    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0);
  }

  @Test
  void aChangedConfigMapStartsARun() {
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised();

    run.config("colors", "green").tick();

    assertThat(run).isInPhase(Phase.PROGRESSING);
  }

  @Test
  void aConfigMapThatOptedOutStartsNothing() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    var ref = new io.serin.api.ObjectRef("v1", "ConfigMap", "test", "colors");
    run.cluster.edit(
        ref,
        tree ->
            ((ObjectNode) tree.get("metadata"))
                .withObjectProperty("annotations")
                .put("flagger.app/config-tracking", "disabled"));
    run.initialised();
    // when
    run.cluster.edit(ref, tree -> ((ObjectNode) tree.get("data")).put("color", "green"));
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED);
  }

  @Test
  void w27_aConfigMapThatCannotBeReadIsNoChange() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.progressing().interval();
    assertThat(run).hasWeight(10);
    // when
    run.cluster.remove(new io.serin.api.ObjectRef("v1", "ConfigMap", "test", "colors"));
    run.interval();
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasWeight(10)
        .sendsToCanary(10)
        .isBlockedBy("configmap colors.test get query error: not found");
    // when
    run.config("colors", "blue").interval();
    // then
    assertThat(run).isNotBlocked().hasWeight(20);
  }

  @Test
  void w34_aWaitingRevisionThatIsTakenBackIsForgotten() {
    // given
    Scenario run = new Scenario("istio", GATED).initialised();
    run.hooks.refuse("gate");
    run.release("6.0.1").tick();
    // when
    run.release("6.0.0").tick();
    run.hooks.allow("gate");
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0).servesVersion("6.0.0");
  }

  @Test
  void t6_w4_aBrokenPrimaryDoesNotRejectTheRevisionThatMendsIt() {
    // given
    Scenario run = new Scenario("istio", STEPS).initialised().expired("podinfo-primary");
    // when
    run.release("6.0.1").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasTargetReplicas(2);
    // when
    run.intervals(3);
    // then
    assertThat(run).sendsToCanary(30);
  }

  @Test
  void w1_aRevisionThatArrivesWhileThePrimaryIsNotReadyIsNotLost() {
    // given
    Scenario run = failed().unready("podinfo-primary");
    // when
    run.release("6.0.2").tick().tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED);
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING);
  }

  @Test
  void w1_aFailedCanaryWritesNothing() {
    // given
    Scenario run = failed();
    run.tick().forgetTold();
    // when
    run.intervals(3);
    // then
    assertThat(run).wrote().toldNothing();
  }

  @Test
  void aStatusInFlaggersEncodingIsTakenOverWithoutARun() {
    // given
    Scenario run = new Scenario("istio", STEPS).initialised();
    run.edit(
        tree ->
            ((ObjectNode) tree.get("status"))
                .put("lastAppliedSpec", "78cdc7b5f8")
                .put("lastPromotedSpec", "78cdc7b5f8"));
    // when
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).decided("rebaseline").appliedIsPromoted();
    // when
    run.release("6.0.1").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING);
  }

  @Test
  void cachesThatAreNotFilledYetChangeNothing() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    run.forgetTold();
    // when the controller restarts
    run.cluster.synced(false);
    run.restart().intervals(2);
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20).wrote();
    // when
    run.cluster.synced(true);
    run.interval();
    // then
    assertThat(run).hasWeight(30).sendsToCanary(30);
  }

  private static Scenario failed() {
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.annotate("flagger.app/forceRollback", "true").tick();
    run.edit(tree -> ((ObjectNode) tree.get("metadata")).remove("annotations"));
    assertThat(run).isInPhase(Phase.FAILED);
    run.forgetTold();
    return run;
  }

  @Test
  void configurationThatChangedIsNotForgottenWhenTheVersionIsTakenBack() {
    // given a run about a new version and new configuration
    Scenario run = Scenario.of("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised().config("colors", "green").release("6.0.1").tick().intervals(2);
    // when only the version is taken back
    run.release("6.0.0").tick();
    // then the new configuration is analysed
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(0);
    run.intervals(7);
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.0");
    assertThat(run.config("colors-primary")).isEqualTo("green");
  }

  @Test
  void aVersionAndConfigurationThatAreTakenBackTogetherAreCancelled() {
    // given
    Scenario run = Scenario.of("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised().config("colors", "green").release("6.0.1").tick().intervals(2);
    // when
    run.config("colors", "blue").release("6.0.0").tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).sendsToCanary(0).hasTargetReplicas(0);
  }
}
