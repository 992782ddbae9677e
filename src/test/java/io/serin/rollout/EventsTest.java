package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.CanaryStatus;
import io.serin.cluster.Event;
import io.serin.fact.Metric;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
            "Initialization done! podinfo.test")
        .explained(
            """
            podinfo-primary.test not ready: waiting for rollout to finish: 0 of 2 (readyThreshold \
            100%) updated replicas are available
            hold: podinfo-primary.test not ready: waiting for rollout to finish: 0 of 2 \
            (readyThreshold 100%) updated replicas are available \
            (rule 'an initialising canary waits for its primary')\
            """,
            """
            Initialization done! podinfo.test
            initialise: podinfo-primary is ready (rule 'the primary takes over once it serves')\
            """);
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
            "Promotion completed! Scaling down podinfo.test")
        .explained(
            """
            New revision detected! Scaling up podinfo.test
            start: new revision %s detected \
            (rule 'a new revision starts once every rollout gate is open')\
            """
                .formatted(run.status().lastAppliedSpec()),
            """
            Advance podinfo.test canary weight 100
            advance: first step, from 0 to 100 \
            (rule 'take the first step once every pre-rollout hook passes')\
            """,
            """
            Copying podinfo.test template spec to podinfo-primary.test
            promote: the analysis is complete and every check passes \
            (rule 'promote a complete analysis while everything passes')\
            """,
            """
            Advance podinfo.test primary weight 50
            shift: podinfo-primary is ready \
            (rule 'shift traffic step by step to the promoted primary')\
            """,
            """
            Advance podinfo.test primary weight 100
            finalise: podinfo-primary is ready \
            (rule 'finish the shift to the promoted primary')\
            """,
            """
            Promotion completed! Scaling down podinfo.test
            succeed: podinfo-primary serves all traffic \
            (rule 'a promotion succeeds once the primary serves all traffic')\
            """);
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
            "Promotion completed! Canary analysis was skipped for podinfo.test")
        .explained(
            """
            New revision detected! Scaling up podinfo.test
            start: new revision %s detected \
            (rule 'a new revision starts once every rollout gate is open')\
            """
                .formatted(run.status().lastAppliedSpec()),
            """
            Promotion completed! Canary analysis was skipped for podinfo.test
            promoteUnanalysed: the analysis is skipped \
            (rule 'promote without analysis where the canary skips it')\
            """);
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
            "Canary failed! Scaling down podinfo.test")
        .explained(
            """
            Advance podinfo.test canary weight 10
            advance: first step, from 0 to 10 \
            (rule 'take the first step once every pre-rollout hook passes')\
            """,
            """
            Halt podinfo.test advancement request-success-rate is FAIL
            halt: Halt podinfo.test advancement request-success-rate is FAIL \
            (rule 'a check that does not pass halts the rollout')\
            """,
            """
            Rolling back podinfo.test failed checks threshold reached 2
            rollback: failed check 2 of 2: Halt podinfo.test advancement request-success-rate is \
            FAIL (rule 'the last check that may fail takes the revision back')\
            """);
  }

  @Test
  void aGateAndARestartAndAWithdrawalSayWhy() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-traffic-increase/night"));
    run.progressing().hooks.refuse("night");
    // when
    String older = run.intervals(2).status().lastAppliedSpec();
    String newer = run.release("6.0.2").tick().status().lastAppliedSpec();
    run.release("6.0.0").tick();
    // then
    assertThat(run)
        .explained(
            """
            Halt podinfo.test advancement waiting for traffic increase approval night
            await: waiting for traffic increase approval night \
            (rule 'a closed traffic gate holds the weight')\
            """,
            """
            New revision detected! Restarting analysis for podinfo.test
            restart: revision %s replaces %s (rule 'a newer revision restarts the analysis')\
            """
                .formatted(newer, older),
            """
            Canary run cancelled for podinfo.test: the target is back at the promoted revision %1$s
            cancel: the target is back at the promoted revision %1$s \
            (rule 'a revision that is withdrawn during its analysis is cancelled')\
            """
                .formatted(run.status().lastPromotedSpec()));
  }

  @Test
  void aRefusalNamesTheRuleThatWantedTooMuch() {
    Policy hasty =
        Policy.of(
            new PolicySource(
                List.of(
                    new DrlFile(
                        "hasty.drl",
                        """
                        rule "promote at once" when $r : Rollout( analysing )
                        then decide.promote( "weight " + $r.weight() + " is enough" ); end
                        """))));

    Scenario run = new Scenario("istio", STEPS).progressing().with(hasty).interval();

    assertThat(run)
        .explained(
            """
            Policy wanted to promote but was overruled: the analysis is not complete
            promote: weight 0 is enough (rule 'promote at once')\
            """);
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
    // and the reason is that of the wait, not of the interval, whose seconds go down
    assertThat(run.cluster.events().getFirst().because())
        .isEqualTo(
            "hold: "
                + run.told().getFirst()
                + " (rule 'an analysis waits until the canary is ready')");
  }

  @Test
  void aRestartedControllerSaysNothingUntilItsCachesAreFilled() {
    Scenario run = new Scenario("istio", STEPS).initialised();
    run.cluster.synced(false);

    run.restart().tick();

    assertThat(run.last().verdict().verb()).isEqualTo("hold");
    assertThat(run.told()).isEmpty();
  }

  @Test
  void whatIsToldOnceIsKnownByItsSentenceAlone() {
    Memory memory = new Memory();
    CanaryStatus status = new Scenario("istio", STEPS).status();
    Told waiting = Told.warning("Held", "waiting").onlyOnce();

    List<Told> first = memory.unheard(List.of(waiting.because(due(17))), status);
    List<Told> second = memory.unheard(List.of(waiting.because(due(7))), status);

    assertThat(first).containsExactly(waiting.because(due(17)));
    assertThat(second).isEmpty();
  }

  @Test
  void theLastOfWhatTellsAVerdictSaysWhy() {
    Told copying = Told.normal("Promoting", "Copying").because(due(1));
    Told passed = Told.normal("HookPassed", "passed");
    Told done = Told.normal("Promoted", "Promotion completed!").because(due(1));

    assertThat(Told.explainedOnce(List.of(copying, done, passed)))
        .containsExactly(copying.because(null), done, passed);
  }

  private static Because due(int seconds) {
    return new Because("wait", "hold: the next step is due in " + seconds + " s (rule 'wait')");
  }

  @Test
  void everyMessageIsOneLine() {
    Scenario run = new Scenario("istio", EVERY_HOOK).progressing().intervals(6);

    assertThat(run.told()).noneMatch(message -> message.contains("\n"));
    assertThat(run.cluster.events())
        .extracting(Event::because)
        .filteredOn(Objects::nonNull)
        .isNotEmpty()
        .noneMatch(because -> because.contains("\n"));
  }
}
