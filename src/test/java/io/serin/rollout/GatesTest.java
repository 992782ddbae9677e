package io.serin.rollout;

import static io.serin.rollout.Analyses.AB;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import org.junit.jupiter.api.Test;

/** When webhooks are asked and what their answers do. */
class GatesTest {

  @Test
  void t8_w31_aClosedPromotionGateKeepsTheWeight() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    // when
    run.intervals(4);
    // then
    assertThat(run)
        .isInPhase(Phase.WAITING_PROMOTION)
        .hasCondition("Unknown", "Waiting for approval.")
        .hasWeight(30)
        .hasIterations(0)
        .hasFailedChecks(0)
        .sendsToCanary(30)
        .called("gate Progressing")
        .toldOnce("Halt podinfo.test advancement waiting for promotion approval gate");
  }

  @Test
  void t8_w31_aClosedPromotionGateKeepsTheIterations() {
    Scenario run = new Scenario("istio", hooked(AB, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");

    run.intervals(6);

    assertThat(run).isInPhase(Phase.WAITING_PROMOTION).hasIterations(3).sendsToCanary(100);
  }

  @Test
  void t8_aWaitingPromotionIsAskedAtEachIntervalAndMeasuredOn() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    run.intervals(4).meter.measured().clear();
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .called("gate Progressing", "gate Progressing", "gate Progressing", "gate Progressing");
    org.assertj.core.api.Assertions.assertThat(run.meter.measured()).hasSize(3);
    // when
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0);
  }

  @Test
  void t10_anOpenedPromotionGateLeadsStraightToThePromotion() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    run.intervals(4);
    // when
    run.hooks.allow("gate");
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1").hasWeight(30);
  }

  @Test
  void t7_aNewRevisionRestartsAWaitingPromotion() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    run.intervals(4);
    // when
    run.release("6.0.2").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(0).sendsToCanary(0);
  }

  @Test
  void aClosedTrafficGateHoldsTheWeightAndIsNoFailedCheck() {
    // given
    Scenario run =
        new Scenario("istio", hooked(STEPS, "confirm-traffic-increase/gate"))
            .progressing()
            .interval();
    run.hooks.refuse("gate");
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasWeight(10)
        .hasFailedChecks(0)
        .toldOnce("Halt podinfo.test advancement waiting for traffic increase approval gate");
    // when
    run.hooks.allow("gate");
    run.interval();
    // then
    assertThat(run).hasWeight(20);
  }

  @Test
  void aClosedTrafficGateAlsoHoldsThePromotion() {
    // given
    Scenario run =
        new Scenario("istio", hooked(STEPS, "confirm-traffic-increase/gate"))
            .progressing()
            .intervals(3);
    run.hooks.refuse("gate");
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(30).servesVersion("6.0.0");
  }

  @Test
  void aClosedTrafficGateAlsoHoldsTheFirstStep() {
    Scenario run =
        new Scenario("istio", hooked(STEPS, "confirm-traffic-increase/gate")).progressing();
    run.hooks.refuse("gate");

    run.intervals(2);

    assertThat(run).hasWeight(0).sendsToCanary(0).hasFailedChecks(0);
  }

  @Test
  void aFailedPreRolloutHookIsAFailedCheckAndShiftsNothing() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "pre-rollout/test")).progressing();
    run.hooks.refuse("test");
    // when
    run.interval();
    // then
    assertThat(run)
        .hasFailedChecks(1)
        .hasWeight(0)
        .sendsToCanary(0)
        .told(
            "Starting canary analysis for podinfo.test",
            "Halt podinfo.test advancement pre-rollout check test failed no");
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.FAILED);
  }

  @Test
  void preRolloutHooksAreAskedOnceInARun() {
    Scenario run = new Scenario("istio", hooked(STEPS, "pre-rollout/test")).progressing();

    run.intervals(6);

    assertThat(run).isInPhase(Phase.SUCCEEDED).called("test Progressing");
  }

  @Test
  void aFailedRolloutHookIsAFailedCheck() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "rollout/load")).progressing().interval();
    run.hooks.refuse("load");
    // when
    run.interval();
    // then
    assertThat(run)
        .hasFailedChecks(1)
        .hasWeight(10)
        .told("Halt podinfo.test advancement external check load failed no");
  }

  @Test
  void theHooksOfATypeAreAskedInOrderUntilOneRefuses() {
    // given
    Scenario run =
        new Scenario("istio", hooked(STEPS, "rollout/a", "rollout/b", "rollout/c"))
            .progressing()
            .interval();
    run.hooks.refuse("b");
    // when
    run.interval();
    // then
    assertThat(run).called("a Progressing", "b Progressing").hasFailedChecks(1);
  }

  @Test
  void twoFailuresInOneTickAreOneFailedCheck() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "rollout/load")).progressing().interval();
    run.hooks.refuse("load");
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasFailedChecks(1);
  }

  @Test
  void rolloutGatesAreNotAskedOnARestart() {
    Scenario run =
        new Scenario("istio", hooked(STEPS, "confirm-rollout/gate")).progressing().interval();

    run.release("6.0.2").tick();

    assertThat(run).isInPhase(Phase.PROGRESSING).called();
  }
}
