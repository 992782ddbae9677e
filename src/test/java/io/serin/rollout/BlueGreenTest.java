package io.serin.rollout;

import static io.serin.rollout.Analyses.BLUE_GREEN;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The green copy is judged without live traffic, then gets all of it at once. */
class BlueGreenTest {

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void trafficMovesAtOnceAfterTheLastIteration(String provider) {
    // given
    Scenario run = Scenario.of(provider, BLUE_GREEN).progressing();
    // when, then
    for (int i = 1; i <= 3; i++) {
      run.interval();
      assertThat(run).isInPhase(Phase.PROGRESSING).hasIterations(i).sendsToCanary(0);
    }
    run.interval();
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasIterations(4)
        .sendsToCanary(100)
        .told("Routing all traffic to canary");
    run.interval();
    assertThat(run).isInPhase(Phase.PROMOTING).sendsToCanary(100).servesVersion("6.0.1");
    run.interval();
    assertThat(run).isInPhase(Phase.FINALISING).sendsToCanary(0).hasTargetReplicas(2);
    run.interval();
    assertThat(run).isInPhase(Phase.SUCCEEDED).hasTargetReplicas(0);
  }

  @Test
  void theApexStaysOnThePrimaryWithPlainServices() {
    // given
    Scenario run = new Scenario("kubernetes", BLUE_GREEN).progressing();
    // when, then
    for (Phase phase :
        new Phase[] {
          Phase.PROGRESSING,
          Phase.PROGRESSING,
          Phase.PROGRESSING,
          Phase.PROGRESSING,
          Phase.PROMOTING,
          Phase.FINALISING,
          Phase.SUCCEEDED
        }) {
      run.interval();
      assertThat(run).isInPhase(phase).leadsTo("podinfo-primary").hasWeight(0);
    }
    assertThat(run).servesVersion("6.0.1").hasTargetReplicas(0);
  }

  @Test
  void oneIterationTakesSevenTicks() {
    // given
    Scenario run = new Scenario("istio", "iterations: 1").initialised().release("6.0.1");
    // when, then
    for (Phase phase :
        new Phase[] {
          Phase.PROGRESSING,
          Phase.PROGRESSING,
          Phase.PROGRESSING,
          Phase.PROMOTING,
          Phase.FINALISING,
          Phase.SUCCEEDED
        }) {
      run.interval();
      assertThat(run).isInPhase(phase);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio"})
  void mirroringLastsForAllIterations(String provider) {
    // given
    Scenario run = new Scenario(provider, BLUE_GREEN + "mirror: true").progressing();
    // when, then
    for (int i = 1; i <= 3; i++) {
      run.interval();
      assertThat(run).hasIterations(i).mirrors();
    }
    run.interval();
    assertThat(run)
        .sendsToCanary(100)
        .told("Stop traffic mirroring and route all traffic to canary");
  }

  @Test
  void whatPlainServicesCannotDoBecomesTenIterationsAndIsTold() {
    // given
    Scenario run =
        new Scenario(
                "kubernetes", "stepWeight: 10\nmatch: [{headers: {x-canary: {exact: insider}}}]")
            .progressing();
    // when
    run.interval();
    // then
    assertThat(run)
        .hasIterations(1)
        .told(
            "A/B testing is not supported when using the kubernetes provider",
            "Progressive traffic is not supported when using the kubernetes provider",
            "Setting canaryAnalysis.iterations: 10",
            "Advance podinfo.test canary iteration 1/10");
    // when
    run.intervals(13);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
  }

  @Test
  void whatConcernsRoutesIsIgnoredWithPlainServices() {
    Scenario run =
        new Scenario(
                "kubernetes",
                BLUE_GREEN + "mirror: true\nsessionAffinity: {cookieName: canary-cookie}")
            .progressing()
            .intervals(7);

    assertThat(run).isInPhase(Phase.SUCCEEDED).isNotBlocked();
  }

  @Test
  void aFailedCheckWithAllTrafficOnTheGreenCopyTakesItBack() {
    // given
    Scenario run = new Scenario("istio", BLUE_GREEN).progressing().intervals(4);
    assertThat(run).sendsToCanary(100);
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.FAILED).sendsToCanary(0).servesVersion("6.0.0");
  }

  @Test
  void w31_aGateThatClosesBetweenItsTwoQuestionsTakesNoTrafficBack() {
    // given a mirroring run with all traffic on the green copy
    Scenario run =
        new Scenario("istio", hooked(BLUE_GREEN + "mirror: true", "confirm-promotion/gate"))
            .progressing()
            .intervals(4);
    assertThat(run).sendsToCanary(100);
    // when
    run.hooks.refuse("gate");
    run.intervals(3);
    // then
    assertThat(run).isInPhase(Phase.WAITING_PROMOTION).sendsToCanary(100).hasIterations(4);
    // when
    run.hooks.allow("gate");
    run.interval();
    // then
    assertThat(run).isInPhase(Phase.PROMOTING);
  }

  @Test
  void w31_aSingleIterationDoesNotAskThePreRolloutHooksAgainWhileItWaits() {
    // given
    Scenario run =
        new Scenario("istio", hooked("iterations: 1", "pre-rollout/test", "confirm-promotion/gate"))
            .progressing();
    run.hooks.refuse("gate");
    // when
    run.intervals(4);
    // then
    assertThat(run)
        .isInPhase(Phase.WAITING_PROMOTION)
        .hasIterations(1)
        .called("test Progressing", "gate Progressing", "gate Progressing", "gate Progressing");
  }
}
