package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes a revision back, and how. */
class RollbackTest {

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void t9_theLastAllowedFailureRollsBackInItsOwnTick(String provider) {
    // given
    Scenario run = Scenario.of(provider, STEPS).progressing().intervals(2);
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.interval();
    assertThat(run).hasFailedChecks(1).sendsToCanary(20);
    // when
    run.interval();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .hasCondition("False", "Canary analysis failed, Deployment scaled to zero.")
        .hasWeight(0)
        .hasIterations(0)
        .hasFailedChecks(0)
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .servesVersion("6.0.0")
        .appliedIsNotPromoted()
        .told(
            "Rolling back podinfo.test failed checks threshold reached 2",
            "Canary failed! Scaling down podinfo.test");
  }

  @Test
  void t9_plainServicesNeverLeftThePrimary() {
    // given
    Scenario run = new Scenario("kubernetes", Analyses.BLUE_GREEN).progressing().interval();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.FAILED).leadsTo("podinfo-primary").hasTargetReplicas(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.Outcome.class,
      names = {"FAIL", "NO_DATA", "STALE", "ERROR"})
  void whateverIsNoPassCounts(Metric.Outcome outcome) {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.meter.gives(CHECK, outcome);
    // when
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0);
  }

  @Test
  void t9_aCanaryPastItsDeadlineRollsBack() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    // when
    run.expired("podinfo").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }

  @Test
  void t9_w4_aPrimaryPastItsDeadlineDoesNotRejectTheRevision() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    // when
    run.expired("podinfo-primary").interval();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20);
  }

  @Test
  void aCanaryThatIsNotReadyYetHoldsAndIsNoFailedCheck() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().unready("podinfo");
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasWeight(0)
        .hasFailedChecks(0)
        .toldOnce(
            "canary deployment podinfo.test not ready: waiting for rollout to finish: 0 of 2"
                + " (readyThreshold 100%) updated replicas are available");
    // when
    run.ready("podinfo").interval();
    // then
    assertThat(run).hasWeight(10);
  }

  @Test
  void t9_aRollbackHookThatAnswersYesRollsBack() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "rollback/panic"));
    run.hooks.refuse("panic");
    run.progressing().interval().after(Duration.ofSeconds(5)).after(Duration.ofSeconds(5));
    assertThat(run).sendsToCanary(10).toldOnce("Rollback hook panic not signaling a rollback");
    // when
    run.hooks.allow("panic");
    run.interval();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .sendsToCanary(0)
        .told(
            "Rollback check panic passed",
            "Rolling back podinfo.test manual webhook invoked",
            "Canary failed! Scaling down podinfo.test");
  }

  @Test
  void t9_theAnnotationRollsBackAtOnce() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when
    run.annotate("flagger.app/forceRollback", "true").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }

  @Test
  void aRevisionDoesNotStartWhileRollbacksAreForced() {
    Scenario run = new Scenario("istio", STEPS).initialised();

    run.annotate("flagger.app/forceRollback", "true").release("6.0.1").tick();

    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0);
  }

  @Test
  void t9_thePostRolloutHooksHearOfTheFailure() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "post-rollout/chat")).progressing();
    // when
    run.annotate("flagger.app/forceRollback", "true").tick();
    // then
    assertThat(run).called("chat Failed").told("Post-rollout check chat passed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio", "nginx"})
  void w7_aRollbackWhoseRouteCannotBeWrittenIsFinishedLaterAndToldOnce(String provider) {
    // given
    String kind =
        switch (provider) {
          case "istio" -> "VirtualService";
          case "nginx" -> "Ingress";
          default -> "HTTPRoute";
        };
    Scenario run = Scenario.of(provider, STEPS).progressing().intervals(2);
    run.cluster.refuse(kind);
    // when
    run.annotate("flagger.app/forceRollback", "true").tick().tick().tick();
    // then the decision is stored, and nothing is scaled down that still has traffic
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(20).hasTargetReplicas(2);
    // when
    run.cluster.recover();
    run.tick();
    // then
    assertThat(run)
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .toldOnce("Canary failed! Scaling down podinfo.test");
  }

  @Test
  void thePostRolloutHooksHearOfAFailureThatIsFinishedLater() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "post-rollout/chat")).progressing();
    run.interval().cluster.refuse("VirtualService");
    // when
    run.annotate("flagger.app/forceRollback", "true").tick();
    run.cluster.recover();
    run.tick();
    // then
    assertThat(run).sendsToCanary(0).called("chat Failed");
  }

  @Test
  void aRollbackNeverScalesDownWhatAnUnknownProviderStillSendsTrafficTo() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when
    run.spec("provider: isto").annotate("flagger.app/forceRollback", "true").tick();
    // then
    assertThat(run).hasTargetReplicas(2);
    // when
    run.spec("provider: istio").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }

  @Test
  void aRollbackToAPrimaryWithoutPodsLeavesTrafficOnTheCanary() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when the primary breaks down and the rollback is wanted
    run.unready("podinfo-primary").annotate("flagger.app/forceRollback", "true").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(100).hasTargetReplicas(2);
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }

  @Test
  void w9_everyFailureIsTold() {
    // given
    Scenario deadline = new Scenario("istio", STEPS).progressing().expired("podinfo").tick();
    Scenario preRollout = new Scenario("istio", hooked(STEPS, "pre-rollout/test")).progressing();
    preRollout.hooks.refuse("test");
    preRollout.intervals(2);
    Scenario first = new Scenario("istio", STEPS).expired("podinfo-primary").tick().tick();
    // then
    for (Scenario run : List.of(deadline, preRollout)) {
      assertThat(run.cluster.events())
          .anyMatch(e -> e.warning() && e.message().startsWith("Rolling back podinfo.test "));
    }
    assertThat(first.cluster.events())
        .anyMatch(e -> e.warning() && e.reason().equals("InitializationFailed"));
  }

  @Test
  void aRestartOfTheControllerRepeatsNoStep() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    // when
    run.restart().tick().restart().tick();
    // then
    assertThat(run).hasWeight(10).sendsToCanary(10);
  }

  @Test
  void anEditedRouteIsNotPutBackToACanaryWhosePodsAreGone() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    assertThat(run).sendsToCanary(20);
    // when somebody sends everybody to the primary because the canary has no pod
    run.unready("podinfo");
    Worlds.resetRoutes(run);
    // then
    assertThat(run.interval()).isInPhase(Phase.PROGRESSING).hasWeight(20).sendsToCanary(0);
    assertThat(run.ready("podinfo").tick()).sendsToCanary(20);
  }
}
