package io.serin.rollout;

import static io.serin.rollout.Analyses.AB;
import static io.serin.rollout.Analyses.BLUE_GREEN;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.Analyses.hooked;
import static io.serin.rollout.RunAssert.assertThat;

import io.serin.alert.Alert;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.cluster.Event;
import io.serin.fact.Metric;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which news are worth an alert, and what it says. */
class AlertsTest {

  private static final String STARTED = "info New revision detected, progressing canary analysis.";

  @Test
  void aGoodRunFromItsInitialisationOn() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-rollout/gate")).tick().tick();
    run.hooks.refuse("gate");
    // when
    run.release("6.0.1").tick().intervals(2).hooks.allow("gate");
    run.intervals(7);
    // then
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .alerted(
            "info New Deployment detected, initialization completed.",
            "warn Canary is waiting for approval.",
            STARTED,
            "info Canary analysis completed successfully, promotion finished.");
  }

  @Test
  void aBadRunFromItsInitialisationOn() {
    // given
    Scenario run = new Scenario("istio", STEPS).tick().tick();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.release("6.0.1").tick().intervals(6);
    // then
    assertThat(run)
        .isInPhase(Phase.FAILED)
        .alerted(
            "info New Deployment detected, initialization completed.",
            STARTED,
            "error Failed checks threshold reached 2");
  }

  @Test
  void anAlertSaysWhyInTheWordsOfTheEvent() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    // when
    run.intervals(4).meter.gives(CHECK, Metric.Outcome.FAIL);
    run.intervals(2);
    // then
    assertThat(run)
        .alerted(
            "warn Canary promotion is waiting for approval.",
            "error Failed checks threshold reached 2");
    Assertions.assertThat(run.alerts.getFirst().why())
        .isEqualTo(
            new Alert.Why(
                "a closed promotion gate keeps the promotion waiting",
                "await: waiting for promotion approval gate"
                    + " (rule 'a closed promotion gate keeps the promotion waiting')"));
    Assertions.assertThat(run.cluster.events())
        .extracting(Event::because)
        .containsAll(run.alerts.stream().map(AlertsTest::line).toList());
  }

  @Test
  void anAlertSaysWhereTheRunStood() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.intervals(2);
    // then
    Alert alert = run.alerts.getLast();
    Assertions.assertThat(alert.phase()).isEqualTo(Phase.FAILED);
    Assertions.assertThat(alert.weight()).isEqualTo(10);
    Assertions.assertThat(alert.failedChecks()).isEqualTo(2);
    Assertions.assertThat(alert.at()).isEqualTo(run.instant());
    Assertions.assertThat(alert.details()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio      | stepWeight: 10             | Weight step: 10 max: 100",
        "istio      | stepWeights: [1, 2, 10]    | Weight steps: 1,2,10 max: 10",
        "istio      | iterations: 3              | Blue/Green",
        "kubernetes | stepWeight: 10             | Blue/Green"
      })
  void theFirstAlertOfARunHasTheDetails(String provider, String analysis, String routing) {
    Scenario run = new Scenario(provider, analysis).initialised();

    run.release("6.0.1").tick();

    Assertions.assertThat(run.alerts.getFirst().details())
        .containsExactly(
            new Alert.Field("Target", "Deployment/podinfo.test"),
            new Alert.Field("Failed checks threshold", "2"),
            new Alert.Field("Progress deadline", "600s"),
            new Alert.Field("Traffic routing", routing));
  }

  @Test
  void anAbTestIsCalledSo() {
    Scenario run = new Scenario("istio", AB).initialised();

    run.release("6.0.1").tick();

    Assertions.assertThat(run.alerts.getFirst().details())
        .contains(new Alert.Field("Traffic routing", "A/B Testing"));
  }

  @Test
  void aRolloutGateAlertsOnceAlsoAcrossARestart() {
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-rollout/gate")).initialised();
    run.hooks.refuse("gate");

    run.release("6.0.1").intervals(3).restart().intervals(3);

    assertThat(run).isInPhase(Phase.WAITING).alerted("warn Canary is waiting for approval.");
  }

  @Test
  void aPromotionGateAlertsOnceAlsoWhenACheckFailsMeanwhile() {
    // given
    Scenario run = new Scenario("istio", hooked(STEPS, "confirm-promotion/gate")).progressing();
    run.hooks.refuse("gate");
    run.intervals(4);
    // when
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.interval().meter.gives(CHECK, Metric.Outcome.PASS);
    run.intervals(3);
    // then
    assertThat(run).hasFailedChecks(1).alerted("warn Canary promotion is waiting for approval.");
  }

  @Test
  void aTrafficGateAlertsOncePerClosure() {
    // given
    String closed = "warn Canary traffic increase is waiting for approval.";
    Scenario run =
        new Scenario("istio", hooked(STEPS, "confirm-traffic-increase/gate"))
            .progressing()
            .interval();
    run.hooks.refuse("gate");
    // when
    run.intervals(3).meter.gives(CHECK, Metric.Outcome.FAIL);
    run.interval().meter.gives(CHECK, Metric.Outcome.PASS);
    run.intervals(3);
    // then
    assertThat(run).hasFailedChecks(1).hasWeight(10).alerted(closed);
    // when it opens for a step and closes again
    run.hooks.allow("gate");
    run.interval().hooks.refuse("gate");
    run.intervals(2);
    // then
    assertThat(run).hasWeight(20).alerted(closed, closed);
  }

  @ParameterizedTest
  @CsvSource({"confirm-rollout", "confirm-traffic-increase", "confirm-promotion"})
  void aMutedGateDoesNotAlert(String type) {
    Scenario run = new Scenario("istio", muted(type));
    run.initialised().hooks.refuse(type);

    run.release("6.0.1").tick().intervals(5);

    Assertions.assertThat(run.hooks.calls()).anyMatch(call -> call.startsWith(type));
    Assertions.assertThat(run.alerts).noneMatch(alert -> alert.text().contains("approval"));
  }

  @Test
  void aRollbackHook() {
    Scenario run = new Scenario("istio", hooked(STEPS, "rollback/undo")).progressing();

    run.interval();

    assertThat(run).alerted("warn Rolling back manual webhook invoked");
  }

  @Test
  void d20_aMissedProgressDeadline() {
    Scenario run = new Scenario("istio", STEPS).progressing().expired("podinfo").tick();

    assertThat(run)
        .isInPhase(Phase.FAILED)
        .alerted(
            "error Progress deadline exceeded canary deployment podinfo.test not ready:"
                + " deployment \"podinfo\" exceeded its progress deadline");
  }

  @Test
  void w9_aForcedRollback() {
    Scenario run = new Scenario("istio", STEPS).progressing();

    run.annotate(Names.FORCE_ROLLBACK, "true").tick();

    assertThat(run).alerted("error Rolling back forced by annotation flagger.app/forceRollback");
  }

  @Test
  void aFailedPromotion() {
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);

    run.expired("podinfo-primary").tick();

    assertThat(run)
        .alerted(
            "error Promotion failed, primary not ready: podinfo-primary.test not ready:"
                + " deployment \"podinfo-primary\" exceeded its progress deadline");
  }

  @Test
  void w9_aFailedInitialisation() {
    Scenario run = new Scenario("istio", STEPS).expired("podinfo-primary").tick().tick();

    assertThat(run)
        .alerted(
            "error Initialization failed, primary not ready: podinfo-primary.test not ready:"
                + " deployment \"podinfo-primary\" exceeded its progress deadline");
  }

  @Test
  void aRunThatSkipsItsAnalysis() {
    Scenario run = new Scenario("istio", STEPS, "skipAnalysis: true").initialised();

    run.release("6.0.1").tick().intervals(2);

    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .alerted(STARTED, "info Canary analysis was skipped, promotion finished.");
  }

  @Test
  void aPolicyThatCannotDecideAlertsOnce() {
    Policy silent =
        policy("rule \"never\" when Rollout( weight > 100 ) then decide.idle( \"\" ); end");

    Scenario run = new Scenario("istio", STEPS).progressing().with(silent).intervals(3);

    Assertions.assertThat(run.last().trouble()).isNotNull();
    assertThat(run).alerted("warn " + run.last().trouble());
  }

  @Test
  void aRefusalOfAGuardRailAlertsOnce() {
    Policy hasty =
        policy("rule \"at once\" when Rollout( analysing ) then decide.promote( \"now\" ); end");

    Scenario run = new Scenario("istio", STEPS).progressing().with(hasty).intervals(3);

    assertThat(run)
        .alerted("warn Policy wanted to promote but was overruled: the analysis is not complete");
    Assertions.assertThat(line(run.alerts.getFirst())).isEqualTo("promote: now (rule 'at once')");
  }

  @Test
  void aStatusThatCannotBeWrittenIsNoNews() {
    Scenario run = new Scenario("istio", STEPS).initialised().release("6.0.1");
    run.cluster.conflict();

    run.tick();

    assertThat(run).alerted();
  }

  @Test
  void whatTakesItsCourseIsNoNews() {
    Scenario run = new Scenario("istio", BLUE_GREEN).progressing().unready("podinfo").intervals(3);

    run.release("6.0.2").tick().release("6.0.0").tick();

    assertThat(run).alerted();
  }

  private static String muted(String type) {
    return hooked(STEPS, type).replace("url:", "muteAlert: true, url:");
  }

  private static String line(Alert alert) {
    return Objects.requireNonNull(alert.why()).line();
  }

  private static Policy policy(String drl) {
    return Policy.of(new PolicySource(List.of(new DrlFile("test.drl", drl))));
  }
}
