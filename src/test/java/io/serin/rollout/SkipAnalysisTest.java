package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revisions that are promoted without being judged. */
class SkipAnalysisTest {

  private static final String SKIP = "skipAnalysis: true";

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "istio", "nginx"})
  void t15_aReadyCanaryIsPromotedAtOnce(String provider) {
    // given
    String analysis = provider.equals("kubernetes") ? "iterations: 3" : STEPS;
    Scenario run = Scenario.of(provider, analysis, SKIP).initialised();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.release("6.0.1").tick().tick();
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .servesVersion("6.0.1")
        .sendsToCanary(0)
        .appliedIsPromoted()
        .hasTargetReplicas(0)
        .told("Promotion completed! Canary analysis was skipped for podinfo.test");
    assertThat(run.meter.measured()).isEmpty();
  }

  @Test
  void onlyConfirmRolloutAndPostRolloutHooksAreAsked() {
    // given
    String hooks =
        hooked(
            STEPS,
            "confirm-rollout",
            "pre-rollout",
            "rollout",
            "confirm-traffic-increase",
            "confirm-promotion",
            "rollback",
            "post-rollout");
    Scenario run = new Scenario("istio", hooks, SKIP).initialised();
    // when
    run.release("6.0.1").tick().interval();
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .called("confirm-rollout Initialized", "post-rollout Succeeded");
  }

  @Test
  void theAnnotationDoesTheSame() {
    Scenario run = new Scenario("istio", STEPS).initialised();

    run.annotate("flagger.app/skipAnalysis", "true").release("6.0.1").tick().interval();

    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void aCanaryThatIsNotReadyIsNotPromoted() {
    // given
    Scenario run = new Scenario("istio", STEPS, SKIP).initialised().unready("podinfo");
    // when
    run.release("6.0.1").tick().intervals(3);
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).servesVersion("6.0.0");
  }

  @Test
  void i9_anImageThatDoesNotExistFails() {
    // given
    Scenario run = new Scenario("istio", STEPS, SKIP).initialised().expired("podinfo");
    // when
    run.release("missing").tick().interval();
    // then
    assertThat(run).isInPhase(Phase.FAILED).servesVersion("6.0.0").hasTargetReplicas(0);
  }

  @Test
  void t15_setDuringARunItEndsTheRunAtTheNextTick() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when
    run.spec(SKIP).tick();
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).sendsToCanary(0).servesVersion("6.0.1");
  }

  @Test
  void t15_setDuringAPromotionItEndsThatToo() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    assertThat(run).isInPhase(Phase.PROMOTING);
    // when
    run.spec(SKIP).tick();
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void setWhileThePrimaryHasNoPodItWaitsForOneAndTheCanaryServes() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when
    run.unready("podinfo-primary").spec(SKIP).tick().interval();
    // then the primary gets the new revision, but no traffic yet
    assertThat(run).isInPhase(Phase.PROMOTING).servesVersion("6.0.1").sendsToCanary(20);
    // when
    run.ready("podinfo-primary").interval();
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).sendsToCanary(0);
  }

  @Test
  void w4_aBrokenPrimaryIsReplaced() {
    // given
    Scenario run = new Scenario("istio", STEPS, SKIP).initialised().expired("podinfo-primary");
    // when
    run.release("6.0.1").tick().interval();
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void theTargetServesOnUntilThePrimaryDoes() {
    // given
    Scenario run = new Scenario("istio", STEPS, SKIP).initialised().unready("podinfo-primary");
    // when
    run.ready("podinfo-primary").release("6.0.1").tick().unready("podinfo-primary").interval();
    run.interval();
    // then
    assertThat(run).hasTargetReplicas(2);
    // when
    run.ready("podinfo-primary").interval();
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).hasTargetReplicas(0);
  }
}
