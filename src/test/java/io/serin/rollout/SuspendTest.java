package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;

import io.serin.api.Phase;
import org.junit.jupiter.api.Test;

/** A Canary that is to be left alone. */
class SuspendTest {

  @Test
  void aSuspendedCanaryStartsNothing() {
    Scenario run = new Scenario("istio", STEPS).initialised();

    run.spec("suspend: true").release("6.0.1").intervals(3);

    assertThat(run).isInPhase(Phase.INITIALIZED).hasTargetReplicas(0).wrote();
  }

  @Test
  void w11_itIsToldOnce() {
    Scenario run = new Scenario("istio", STEPS).initialised().spec("suspend: true");

    run.intervals(5);

    assertThat(run).toldExactly("skipping canary run as object is suspended");
  }

  @Test
  void aRunStandsStillAndGoesOnWhereItWas() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    // when
    run.annotate("flagger.app/suspend", "true").intervals(3);
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20).sendsToCanary(20);
    // when
    run.annotate("flagger.app/suspend", "false").interval();
    // then
    assertThat(run).hasWeight(30);
  }

  @Test
  void aSuspendedCanaryCanStillBeDeleted() {
    // given
    Scenario run = new Scenario("istio", STEPS, "revertOnDeletion: true").initialised();
    // when
    run.spec("suspend: true").delete().tick().tick().tick();
    // then
    org.assertj.core.api.Assertions.assertThat(run.gone()).isTrue();
    org.assertj.core.api.Assertions.assertThat(run.replicas("podinfo")).isEqualTo(2);
  }
}
