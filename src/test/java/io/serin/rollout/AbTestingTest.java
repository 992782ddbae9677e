package io.serin.rollout;

import static io.serin.rollout.Analyses.AB;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An audience chosen by its requests sees the canary, everybody else the primary. */
class AbTestingTest {

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void theAudienceIsRoutedToTheCanaryForEachIteration(String provider) {
    // given
    Scenario run = Scenario.of(provider, AB).progressing();
    assertThat(run).sendsToCanary(0);
    // when, then
    for (int i = 1; i <= 3; i++) {
      run.interval();
      assertThat(run)
          .isInPhase(Phase.PROGRESSING)
          .hasIterations(i)
          .sendsToCanary(100)
          .told("Advance podinfo.test canary iteration " + i + "/3");
    }
    run.interval();
    assertThat(run).isInPhase(Phase.PROMOTING).sendsToCanary(100);
    run.interval();
    assertThat(run).isInPhase(Phase.FINALISING).sendsToCanary(0);
    run.interval();
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1").hasTargetReplicas(0);
  }

  @Test
  void everybodyElseStaysOnThePrimary() {
    Scenario run = new Scenario("istio", AB).progressing().intervals(2);

    var rules =
        run.cluster
            .stored(
                new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo"))
            .list("spec", "http");

    assertThat(rules).hasSize(2);
    assertThat(rules.getLast().has("match")).isFalse();
    assertThat(rules.getLast().toString()).contains("podinfo-primary").contains("\"weight\":100");
  }

  @Test
  void theTrafficGateIsNotAsked() {
    Scenario run =
        new Scenario("istio", Analyses.hooked(AB, "confirm-traffic-increase/gate")).progressing();

    run.intervals(4);

    assertThat(run).called();
  }

  @Test
  void aFailedCheckHoldsTheIteration() {
    // given
    Scenario run = new Scenario("istio", AB).progressing().interval();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.interval();
    // then
    assertThat(run).hasIterations(1).hasFailedChecks(1).sendsToCanary(100);
    // when
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).hasTargetReplicas(0);
  }

  @Test
  void t7_aNewRevisionTakesTheAudienceBack() {
    Scenario run = new Scenario("gatewayapi:v1", AB).progressing().intervals(2);

    run.release("6.0.2").tick();

    assertThat(run).isInPhase(Phase.PROGRESSING).hasIterations(0).sendsToCanary(0);
  }

  @Test
  void i4_aPassingTestEndsInAPromotionThroughAnOpenGate() {
    // given
    Scenario run =
        new Scenario(
                "istio", Analyses.hooked(AB, "pre-rollout", "confirm-promotion", "post-rollout"))
            .progressing();
    // when
    run.intervals(6);
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .called(
            "pre-rollout Progressing", "confirm-promotion Progressing", "post-rollout Succeeded");
  }
}
