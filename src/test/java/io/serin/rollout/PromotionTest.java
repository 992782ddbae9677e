package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** From a complete analysis to a primary that serves the new revision to everybody. */
class PromotionTest {

  private static final String HPA =
      "autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}";

  @Test
  void t10_aCompleteAnalysisIsPromoted() {
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);

    assertThat(run)
        .isInPhase(Phase.PROMOTING)
        .hasCondition("Unknown", "Canary analysis completed, starting primary rolling update.")
        .hasWeight(30)
        .sendsToCanary(30)
        .servesVersion("6.0.1")
        .told("Copying podinfo.test template spec to podinfo-primary.test");
  }

  @Test
  void t11_trafficGoesBackOnceThePrimaryIsReady() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(3);
    run.unready("podinfo-primary");
    run.ready("podinfo-primary").interval().unready("podinfo-primary");
    // when
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.PROMOTING).sendsToCanary(30);
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.FINALISING)
        .hasCondition("Unknown", "Canary analysis completed, routing all traffic to primary.")
        .hasWeight(0)
        .hasIterations(0)
        .sendsToCanary(0)
        .hasTargetReplicas(2)
        .told("Routing all traffic to primary");
  }

  @Test
  void t14_theTargetIsScaledDownAtTheEnd() {
    Scenario run = new Scenario("istio", hooked(STEPS, "post-rollout/chat")).progressing();

    run.intervals(6);

    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .hasCondition("True", "Canary analysis completed successfully, promotion finished.")
        .hasWeight(0)
        .hasIterations(0)
        .appliedIsPromoted()
        .hasTargetReplicas(0)
        .called("chat Succeeded")
        .told("Post-rollout check chat passed", "Promotion completed! Scaling down podinfo.test");
  }

  @Test
  void stepWeightPromotionTakesTrafficBackStepByStep() {
    // given
    Scenario run = new Scenario("istio", "stepWeight: 100\nstepWeightPromotion: 50").progressing();
    assertThat(run).hasWeight(0);
    // when, then
    run.interval();
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(100);
    run.interval();
    assertThat(run).isInPhase(Phase.PROMOTING).hasWeight(100).sendsToCanary(100);
    run.interval();
    assertThat(run).isInPhase(Phase.PROMOTING).hasWeight(50).sendsToCanary(50);
    run.interval();
    assertThat(run).isInPhase(Phase.FINALISING).hasWeight(0).sendsToCanary(0);
    run.interval();
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .told("Advance podinfo.test primary weight 50", "Advance podinfo.test primary weight 100");
  }

  @Test
  void w18_aStepBackWhoseStatusCannotBeWrittenIsTakenAgain() {
    // given
    Scenario run = new Scenario("istio", "stepWeight: 100\nstepWeightPromotion: 50").progressing();
    run.intervals(2);
    // when the process dies at the status, then at the route
    run.cluster.crashAfter(0);
    dies(run.later());
    run.cluster.crashAfter(1);
    dies(run.restart());
    run.cluster.recover();
    run.restart().intervals(4);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).sendsToCanary(0);
  }

  @Test
  void w5_aRevisionThatArrivesBeforeThePromotedOneWasCopiedIsAnalysedFirst() {
    // given the process dies after it stored the promotion, before it copied the template
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(3);
    run.cluster.crashAfter(1);
    dies(run.later());
    run.cluster.recover();
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.0");
    // when
    run.release("6.0.2").restart().tick();
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasWeight(0)
        .servesVersion("6.0.0")
        .sendsToCanary(0);
  }

  @Test
  void w5_aRevisionThatArrivesWhileTheGateIsAskedIsNeitherPromotedNorLost() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.intervals(3).hooks.during("gate", () -> run.release("6.0.2"));
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1");
    assertThat(run.image("podinfo")).isEqualTo("podinfo:6.0.2");
    // when
    run.intervals(2).tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).servesVersion("6.0.1");
  }

  @Test
  void aPrimaryThatIsScaledWhileAGateIsAskedKeepsItsReplicas() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate"), HPA);
    run.cluster.put(Scenario.autoscaler("podinfo", 99));
    run.progressing();
    run.intervals(3)
        .hooks
        .during(
            "gate",
            () ->
                run.cluster.edit(
                    Scenario.deploymentRef("podinfo-primary"),
                    tree -> ((ObjectNode) tree.get("spec")).put("replicas", 4)));
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1");
    assertThat(run.replicas("podinfo-primary")).isEqualTo(4);
  }

  @Test
  void w2_aRevisionThatIsTakenBackBeforeItWasCopiedIsCancelled() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(3);
    run.cluster.crashAfter(1);
    dies(run.later());
    run.cluster.recover();
    // when
    run.release("6.0.0").restart().tick();
    // then
    assertThat(run)
        .isInPhase(Phase.INITIALIZED)
        .servesVersion("6.0.0")
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .appliedIsPromoted();
  }

  @Test
  void aRevisionThatIsTakenBackAfterTheCopyIsPromotedAndThenReplaced() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    assertThat(run).servesVersion("6.0.1");
    // when
    run.release("6.0.0").intervals(2);
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    run.tick().intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.0");
  }

  @Test
  void aRevisionThatArrivesAfterTheCopyStartsARunOfItsOwnAfterwards() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1");
    // when
    run.release("6.0.2").intervals(2);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
    // when
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).sendsToCanary(0);
    // when
    run.intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2");
  }

  @Test
  void t13_w6_aCanaryThatBreaksWhilePromotingDoesNotStopAPrimaryThatServes() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    assertThat(run).isInPhase(Phase.PROMOTING);
    // when
    run.expired("podinfo").intervals(2);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).sendsToCanary(0).appliedIsPromoted();
  }

  @Test
  void k6_w24_thePrimarysAutoscalerFollowsAtThePromotion() {
    // given
    Scenario run = new Scenario("kubernetes", "iterations: 2", HPA);
    run.cluster.put(Scenario.autoscaler("podinfo", 99));
    run.initialised();
    // when
    run.cluster.put(Scenario.autoscaler("podinfo", 50));
    run.release("6.0.1").tick().intervals(2);
    assertThat(run.utilization("podinfo-primary")).isEqualTo(99);
    run.intervals(4);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    assertThat(run.utilization("podinfo-primary")).isEqualTo(50);
    assertThat(run.cluster.requests())
        .containsOnlyOnce("update HorizontalPodAutoscaler podinfo-primary");
  }

  @Test
  void onlyTheLastPromotedTemplateIsKept() {
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(6);

    assertThat(run.cluster.list("apps/v1", "ControllerRevision", "test")).hasSize(1);
  }

  @Test
  void twoCanariesMayShareAConfigMap() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised();
    run.cluster.edit(
        new io.serin.api.ObjectRef("v1", "ConfigMap", "test", "colors-primary"),
        tree ->
            ((ObjectNode) tree.get("metadata"))
                .set(
                    "ownerReferences",
                    Scenario.yaml(
                            """
                            l:
                            - {apiVersion: flagger.app/v1beta1, kind: Canary, name: other, uid: o, controller: true}
                            """)
                        .tree()
                        .get("l")));
    // when
    run.release("6.0.1").tick().intervals(6);
    // then
    var copy =
        run.cluster.stored(new io.serin.api.ObjectRef("v1", "ConfigMap", "test", "colors-primary"));
    assertThat(copy.list("metadata", "ownerReferences")).hasSize(2);
  }

  @Test
  void aConflictCostsNoStep() {
    // given somebody else writes the Canary at the same time
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.cluster.conflict();
    // when
    run.interval();
    assertThat(run).hasWeight(10);
    run.after(Duration.ofSeconds(5));
    // then
    assertThat(run).hasWeight(20).toldOnce("Advance podinfo.test canary weight 20");
  }

  private static void dies(Scenario run) {
    org.assertj.core.api.Assertions.assertThatThrownBy(run::crashTick)
        .isInstanceOf(ScenarioCluster.Crash.class);
  }

  @Test
  void thePromotedPrimaryCanBeMadeAgainAlthoughTheTargetMovedOnBeforeTheEnd() {
    // given a version that arrives while another one is on its way into the primary
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    run.release("6.0.2").intervals(2);
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
    // when
    run.cluster.remove(Scenario.deploymentRef("podinfo-primary"));
    run.tick();
    // then
    assertThat(run).servesVersion("6.0.1");
  }
}
