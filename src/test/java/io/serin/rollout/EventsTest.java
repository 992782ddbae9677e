package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.cluster.Event;
import io.serin.fact.Metric;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people are told, in which order, and how often. */
class EventsTest {

  private static final String EVERY_HOOK =
      hooked(
          "stepWeight: 100\nstepWeightPromotion: 50",
          "confirm-rollout",
          "pre-rollout",
          "confirm-traffic-increase",
          "confirm-promotion",
          "post-rollout");

  @Test
  void anInitialisation() {
    Scenario run = new Scenario("istio", STEPS).unready("podinfo-primary").tick().tick();
    run.ready("podinfo-primary").tick();

    assertThat(run)
        .toldExactly(
            "all the metrics providers are available!",
            "podinfo-primary.test not ready: waiting for rollout to finish: 0 of 2 (readyThreshold"
                + " 100%) updated replicas are available",
            "Initialization done! podinfo.test");
  }

  @Test
  void aProgressiveRun() {
    // given
    Scenario run = new Scenario("istio", EVERY_HOOK).initialised();
    // when
    run.release("6.0.1").tick().intervals(5);
    // then
    assertThat(run)
        .toldExactly(
            "Confirm-rollout check confirm-rollout passed",
            "New revision detected! Scaling up podinfo.test",
            "Starting canary analysis for podinfo.test",
            "Pre-rollout check pre-rollout passed",
            "Confirm-traffic-increase check confirm-traffic-increase passed",
            "Advance podinfo.test canary weight 100",
            "Confirm-traffic-increase check confirm-traffic-increase passed",
            "Confirm-promotion check confirm-promotion passed",
            "Copying podinfo.test template spec to podinfo-primary.test",
            "Advance podinfo.test primary weight 50",
            "Advance podinfo.test primary weight 100",
            "Post-rollout check post-rollout passed",
            "Promotion completed! Scaling down podinfo.test");
  }

  @Test
  void aRunThatSkipsItsAnalysis() {
    // given
    Scenario run = new Scenario("istio", EVERY_HOOK, "skipAnalysis: true").initialised();
    // when
    run.release("6.0.1").tick().interval();
    // then
    assertThat(run)
        .toldExactly(
            "Confirm-rollout check confirm-rollout passed",
            "New revision detected! Scaling up podinfo.test",
            "Copying podinfo.test template spec to podinfo-primary.test",
            "Post-rollout check post-rollout passed",
            "Promotion completed! Canary analysis was skipped for podinfo.test");
  }

  @Test
  void aFailingRun() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .toldExactly(
            "Starting canary analysis for podinfo.test",
            "Advance podinfo.test canary weight 10",
            "Halt podinfo.test advancement request-success-rate is FAIL",
            "Halt podinfo.test advancement request-success-rate is FAIL",
            "Rolling back podinfo.test failed checks threshold reached 2",
            "Canary failed! Scaling down podinfo.test");
  }

  @Test
  void w11_reasonsTellEventsApart() {
    Scenario run = new Scenario("istio", EVERY_HOOK).initialised();

    run.release("6.0.1").tick().intervals(5);

    assertThat(run.cluster.events())
        .extracting(Event::reason)
        .contains(
            "NewRevision", "AnalysisStarted", "Advanced", "GateOpen", "Promoting", "Promoted");
  }

  @Test
  void w11_whatDoesNotChangeIsToldOnce() {
    // given a canary that is not ready
    Scenario run = new Scenario("istio", STEPS).progressing().unready("podinfo");
    // when
    for (int i = 0; i < 20; i++) {
      run.after(Duration.ofSeconds(10));
    }
    // then
    assertThat(run.told()).hasSize(1);
  }

  @Test
  void everyMessageIsOneLine() {
    Scenario run = new Scenario("istio", EVERY_HOOK).progressing().intervals(6);

    assertThat(run.told()).noneMatch(message -> message.contains("\n"));
  }
}
