package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.policy.PackPolicies;
import org.junit.jupiter.api.Test;

/** What the two bold packs make of a canary's life. */
class EarlyPromotionTest {

  private static final String LONG = STEPS.replace("maxWeight: 30", "maxWeight: 90");

  @Test
  void strongEvidencePromotesBeforeTheLastStep() {
    // given
    Scenario run = strong("").intervals(11);
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(55).sendsToCanary(55);
    run.forgetTold();
    // when
    run.interval();
    // then
    assertThat(run)
        .decided("promoteEarly")
        .isInPhase(Phase.PROMOTING)
        .hasWeight(55)
        .sendsToCanary(55)
        .servesVersion("6.0.1")
        .toldExactly("Copying podinfo.test template spec to podinfo-primary.test")
        .explained(
            """
            Copying podinfo.test template spec to podinfo-primary.test
            promoteEarly: every check passed in 10 ticks over 600 s, at weight 55 of 90 \
            (rule 'strong evidence promotes before the last step')\
            """);
    // when
    run.tick().interval();
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .hasWeight(0)
        .sendsToCanary(0)
        .appliedIsPromoted()
        .hasTargetReplicas(0)
        .told("Promotion completed! Scaling down podinfo.test");
  }

  @Test
  void afterAnEarlyPromotionTrafficGoesBackStepByStep() {
    Scenario run = strong("\nstepWeightPromotion: 30").intervals(12);
    assertThat(run).isInPhase(Phase.PROMOTING).sendsToCanary(55);

    assertThat(run.interval()).decided("shift").sendsToCanary(25);
    assertThat(run.interval()).decided("finalise").sendsToCanary(0);
    assertThat(run.interval()).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
  }

  @Test
  void anEarlyPromotionThatFailsIsMendedLikeAnyOther() {
    // given
    Scenario run = strong("").intervals(12);
    // when
    run.expired("podinfo-primary").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .hasWeight(100)
        .sendsToCanary(100)
        .appliedIsNotPromoted()
        .servesVersion("6.0.0");
    // when
    run.ready("podinfo-primary").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .sendsToCanary(0)
        .servesVersion("6.0.0")
        .hasTargetReplicas(0);
  }

  @Test
  void aNewerRevisionIsNeverPromotedEarly() {
    // given
    Scenario run = strong("").intervals(11);
    // when
    run.release("6.0.2").interval();
    // then
    assertThat(run).decided("restart").isInPhase(Phase.PROGRESSING).hasWeight(0);
    assertThat(run).servesVersion("6.0.0");
  }

  @Test
  void aRevertIsPromotedAfterOneStep() {
    // given
    Scenario run = replaced();
    // when
    run.release("6.0.0").tick();
    assertThat(run.last().facts().surroundings().priorRun()).isNotNull();
    run.interval();
    assertThat(run).decided("advance").sendsToCanary(10);
    run.interval();
    // then
    assertThat(run)
        .decided("promoteEarly")
        .isInPhase(Phase.PROMOTING)
        .hasWeight(10)
        .sendsToCanary(10);
    // when
    run.tick().interval();
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .servesVersion("6.0.0")
        .appliedIsPromoted()
        .hasTargetReplicas(0);
  }

  @Test
  void aRevertIsMeasuredLikeAnyOther() {
    // given
    Scenario run = replaced().release("6.0.0").tick().interval();
    // when
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.interval();
    // then
    assertThat(run).decided("halt").isInPhase(Phase.PROGRESSING).hasWeight(10);
  }

  @Test
  void afterARestartARevertGoesStepByStep() {
    Scenario run = replaced().restart();

    run.release("6.0.0").tick().intervals(2);

    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20);
  }

  /** Version 6.0.0 served until 6.0.1 took its place just now. */
  private static Scenario replaced() {
    Scenario run =
        new Scenario("istio", LONG).with(PackPolicies.with("fast-track-revert")).progressing();
    run.intervals(14);
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.1");
    return run;
  }

  /** Small steps, 5 percent each, of which the last is not needed. */
  private static Scenario strong(String more) {
    String steps = LONG.replace("stepWeight: 10", "stepWeight: 5").strip() + more;
    return new Scenario("istio", steps).with(PackPolicies.with("early-promotion")).progressing();
  }
}
