package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.check.CheckReport;
import io.serin.policy.check.GuardRail;
import io.serin.policy.check.PolicyCheck;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {

  private static final String SOUND =
      """
      rule "roll back when told" when
        Rollout( analysing ) $i : Intervention( kind == Intervention.Kind.FORCE_ROLLBACK )
      then decide.rollback( "by " + $i.source() ); end
      rule "measure" when $c : Check() then decide.measure( $c ); end
      """;

  @Test
  void theDefaultPolicyHasNoErrorInAnyState() {
    CheckReport report = PolicyCheck.run(Path.of("rules/default"));

    assertThat(report.passed()).as(report.text()).isTrue();
    assertThat(report.sampled()).isFalse();
    assertThat(new BigInteger(report.states())).isGreaterThan(BigInteger.valueOf(1_000_000_000L));
    assertThat(report.text()).contains("states covered");
  }

  @Test
  void aConditionThatIsNeverTrueIsAnErrorThatNamesTheContradiction() {
    assertThat(
            check(
                "rule \"a\" when $r : Rollout( weight > 80, weight < 20 ) then decide.hold("
                    + " $r.name() ); end"))
        .contains("test.drl:5: error: rule 'a'", "weight > 80 and weight < 20 exclude each other");
  }

  @Test
  void aLargeNumberIsComparedWithOneThatHoldsIt() {
    assertThat(
            check(
                "rule \"a\" when $m : Metric( value > 3000000000 ) Moment( epochSecond > 3000000000"
                    + " ) then decide.hold( $m.name() ); end"))
        .doesNotContain("error");
    assertThat(
            check(
                "rule \"a\" when $r : Rollout( weight < 3000000000 ) then decide.hold( $r.name() );"
                    + " end"))
        .contains(
            "test.drl:5: error: rule 'a': 3000000000 is beyond the whole numbers that 'weight' can"
                + " be compared with, which end at 2147483647");
  }

  @Test
  void aComparisonOfComparisonsIsRefusedBeforeTheRuleCompilerMisreadsIt() {
    assertThat(
            check(
                "rule \"a\" when $r : Rollout( ( weight > 5 ) == due ) then decide.hold( $r.name()"
                    + " ); end"))
        .contains("test.drl:5: error: rule 'a': 'weight > 5' cannot be compared with 'due'");
  }

  @Test
  void aDerivedConditionThatIsNeverTrueIsFoundToo() {
    assertThat(
            check(
                "rule \"a\" when $r : Rollout( idle, analysing ) then decide.hold( $r.name() );"
                    + " end"))
        .contains("is never true");
  }

  @Test
  void aConditionThatOnlyAThresholdFarAwayMakesTrueIsNotAnError() {
    assertThat(
            check(
                "rule \"a\" when $r : Rollout( analysing, !lastChance, failedChecks >= 1 ) then"
                    + " decide.rollback( $r.name() ); end"))
        .doesNotContain("never true")
        .doesNotContain("decides in none");
  }

  @Test
  void anAdvanceOnAFailedCheckBreaksAGuardRail() {
    assertThat(
            check(
                "rule \"go\" when $r : Rollout( analysing, weight < maxWeight ) Workload( target,"
                    + " ready ) then decide.advance( $r.nextWeight(), \"to \" + $r.nextWeight() );"
                    + " end"))
        .contains(
            "breaks a guard rail: advance while success-rate is", "for example with Rollout[");
  }

  @Test
  void aStepThatIsTooLargeBreaksAGuardRail() {
    assertThat(
            check(
                "rule \"go\" when $r : Rollout( analysing ) Workload( target, ready ) not Metric()"
                    + " not Gate() not Check() then decide.advance( $r.nextWeight() + 7, \"to \" +"
                    + " $r.nextWeight() ); end"))
        .contains("breaks a guard rail: the weight rises to");
  }

  @Test
  void anEarlyPromotionOnTooLittleBreaksAGuardRail() {
    String early =
        "rule \"early\" when $r : Rollout( phase == Phase.PROGRESSING%s ) Workload( target, ready )"
            + " not Check( pending ) not Metric( outcome != Outcome.PASS ) not Gate() %s then"
            + " decide.promoteEarly( \"at \" + $r.weight() ); end";

    assertThat(check(early.formatted("", "exists Check()")))
        .contains("breaks a guard rail: promoteEarly before any live traffic");
    assertThat(check(early.formatted(", weight > 0", "")))
        .contains("breaks a guard rail: promoteEarly without any check");
    assertThat(check(early.formatted(", weight > 0", "exists Check()")))
        .doesNotContain("breaks a guard rail");
    assertThat(
            check(
                early
                    .formatted(", weight > 0", "exists Check()")
                    .replace(" not Metric( outcome != Outcome.PASS )", "")))
        .contains("breaks a guard rail: promoteEarly while success-rate is");
  }

  @Test
  void conditionsOfSeveralFactsThatNeverHoldTogetherAreToldFromOnesThatLose() {
    assertThat(
            check(
                "rule \"vain\" when Rollout( $w : weight ) $t : Traffic( canary > 90, canary < $w,"
                    + " canary > 200 ) then decide.hold( \"at \" + $t.canary() ); end"))
        .contains("rule 'vain'");
    assertThat(
            check(
                "rule \"vain\" when $r : Rollout( analysing, $w : weight ) Rollout( weight > $w )"
                    + " then decide.hold( $r.name() ); end"))
        .contains(
            "rule 'vain': the rule decides in none of the states: its conditions never hold"
                + " together\n");
    assertThat(
            check(
                "rule \"stop\" when $r : Rollout( analysing ) then decide.rollback( $r.name() );"
                    + " end\n"
                    + "rule \"vain\" when $r : Rollout( analysing, weight > 10 ) then decide.hold("
                    + " $r.name() ); end"))
        .contains(
            "test.drl:6: warning: rule 'vain': the rule decides in none of the states: something"
                + " more careful always wins, for example 'stop' says rollback with Rollout[")
        .contains("analysing=true");
  }

  /** Each of them decides in some state, although the default facts of a sweep have none of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        Rollout( analysing, namespace == "prod", interval >= 300 )
        Rollout( analysing, name.startsWith( "pay" ), name.endsWith( "-eu" ) )
        Rollout( analysing, name.contains( "a" ), name.contains( "b" ), !name.startsWith( "a" ), !name.endsWith( "b" ) )
        """,
        """
        Rollout( analysing, threshold >= 10, failedChecks == 7 )
        Rollout( analysing, failedChecks > 200, failedChecks < threshold )
        Rollout( analysing, weight * 2 == 84 )
        Rollout( analysing, weight + failedChecks == 57 )
        """,
        """
        Rollout( analysing, maxWeight == 100, complete, weight > 99 )
        Rollout( analysing, iterations > 20 )
        Rollout( analysing, nextWeight == 35 )
        Rollout( analysing, secondsUntilDue > 3600 )
        Rollout( analysing, interval - secondsUntilDue > 500 )
        """,
        """
        Rollout( analysing ) Metric( name == "errors", outcome == Outcome.FAIL ) ( Metric( name == "latency", outcome == Outcome.FAIL ) or Metric( name == "queue", outcome == Outcome.FAIL ) )
        """,
        """
        Rollout( analysing ) Metric( outcome == Outcome.FAIL ) Metric( outcome == Outcome.NO_DATA )
        Rollout( analysing ) accumulate( Metric( outcome == Outcome.FAIL, $o : order ); $c : count( $o ); $c > 2 )
        Rollout( analysing ) Metric( message.contains( "timeout" ) )
        """,
        """
        Rollout( analysing ) Metric( max == 500, value > max )
        Rollout( analysing ) Metric( value < 3, min == null )
        """,
        """
        Rollout( analysing ) Gate( name == "load-test", !open, answer.contains( "later" ) )
        Rollout( analysing ) Hook( name == "smoke", muteAlert )
        Rollout( analysing ) Gate( name == "a", !open ) Gate( name == "b", open )
        Rollout( analysing ) Gate( name == "a", !open ) Gate( name == "b", open ) Gate( name == "c", open )
        """,
        """
        Rollout( analysing ) Traffic( provider == "nginx", canary == 17 )
        Rollout( analysing ) Problem( message.contains( "quota" ) )
        Rollout( analysing ) Problem( kind == Problem.Kind.SETTING ) Problem( kind == Problem.Kind.UNSYNCED )
        Rollout( analysing ) Intervention( kind == Intervention.Kind.SUSPEND ) Intervention( kind == Intervention.Kind.FORCE_ROLLBACK )
        """,
        """
        Rollout( analysing ) Workload( target, kind == "DaemonSet", replicas > 9 )
        Rollout( analysing ) Workload( primary, name == "cart-primary", !ready, reason.contains( "pull" ) )
        Rollout( analysing ) Moment( zone == "Europe/Berlin", hour > 17 )
        Rollout( analysing ) Moment( epochSecond > 2000000000 )
        """,
        """
        Rollout( analysing ) Trend( name == "latency", worsening, minutesToLimit < 5 )
        Rollout( analysing ) Dependency( name == "db", !ready )
        Rollout( analysing ) Freeze( name == "sale", active )
        Rollout( analysing ) Dependency( name == "db", !ready ) Dependency( name == "queue", !ready )
        """
      })
  void whatOrdinaryRulesAskForIsAmongTheStates(String conditions) {
    String rules =
        conditions
            .lines()
            .map(
                line ->
                    "rule \"rule %d\" when %s then decide.suspend( \"x\" ); end\n"
                        .formatted(conditions.indexOf(line), line))
            .collect(Collectors.joining());

    assertThat(check(rules)).doesNotContain("error", "decides in none", "changes no", "(a sample)");
  }

  @Test
  void aRuleThatAWiderOneWithTheSameVerdictMakesNeedlessIsTold() {
    String wide = "rule \"wide\" when $r : Rollout( analysing ) then decide.%s( $r.name() ); end\n";
    String narrow =
        "rule \"narrow\" when $r : Rollout( analysing, weight > 10 ) then decide.hold( $r.name() );"
            + " end";

    assertThat(check(wide.formatted("hold") + narrow))
        .contains(
            "test.drl:6: warning: rule 'narrow': the rule changes no decision: wherever it decides,"
                + " 'wide' says the same")
        .doesNotContain("'wide': the rule changes");
    assertThat(check(wide.formatted("halt") + narrow)).doesNotContain("changes no decision");
  }

  @Test
  void rulesThatOverlapOnlyInPartAreBothNeeded() {
    assertThat(
            check(
                "rule \"late\" when $r : Rollout( analysing, weight > 10 ) then decide.hold("
                    + " $r.name() ); end\n"
                    + "rule \"skipped\" when $r : Rollout( analysing, skipAnalysis ) then"
                    + " decide.hold( $r.name() ); end"))
        .doesNotContain("changes no decision");
  }

  @Test
  void aCounterexampleShowsWhatTheRuleReadsAndGuardRailsLookAt() {
    assertThat(
            check(
                "rule \"go\" when $r : Rollout( analysing, weight < maxWeight ) Workload( target,"
                    + " ready ) then decide.advance( $r.nextWeight(), \"to \" + $r.nextWeight() );"
                    + " end"))
        .contains("for example with Rollout[phase=PROGRESSING, ", "maxWeight=50")
        .doesNotContain("secondsUntilDue", "Moment[");
  }

  @Test
  void whoKeepsAPolicyFromAdvancingIsNamed() {
    assertThat(
            check(
                "rule \"go\" when $r : Rollout( analysing, weight < maxWeight ) then"
                    + " decide.advance( $r.nextWeight(), \"to \" + $r.nextWeight() ); end\n"
                    + "rule \"never\" when $r : Rollout( analysing ) then decide.hold( $r.name() );"
                    + " end"))
        .contains(
            "test.drl:1: warning: the policy can never advance: something more careful always wins,"
                + " for example 'never' says hold with Rollout[");
  }

  @Test
  void aContradictionOnTheFirstLineNamesItsRule() {
    String text =
        PolicyCheck.run(
                Samples.source(
                    "rule \"start\" when $r : Rollout( idle ) then decide.start( $r.name() ); end "
                        + "rule \"accept\" when $r : Rollout( idle, due ) then decide.accept("
                        + " $r.name() ); end"),
                List.of())
            .text();

    assertThat(text).contains("test.drl:1: warning: rule '").contains("': contradicts '");
  }

  @Test
  void aRuleThatNeverDecidesIsShadowed() {
    assertThat(
            check(
                "rule \"halt always\" when $r : Rollout() then decide.halt( $r.name() ); end\n"
                    + "rule \"in vain\" when $r : Rollout( due ) then decide.hold( $r.name() );"
                    + " end"))
        .contains("rule 'in vain': the rule decides in none of the states");
  }

  @Test
  void rulesOfOneLevelThatWantDifferentThingsContradict() {
    assertThat(
            check(
                "rule \"start\" when $r : Rollout( idle ) then decide.start( $r.name() ); end\n"
                    + "rule \"accept\" when $r : Rollout( idle, due ) then decide.accept( $r.name()"
                    + " ); end"))
        .contains("contradicts");
  }

  @Test
  void whatAPolicyCanNeverDoIsTold() {
    String text =
        PolicyCheck.run(
                Samples.source("rule \"a\" when Rollout( due ) then decide.hold( \"no\" ); end"),
                List.of())
            .text();

    assertThat(text)
        .contains("can never advance", "can never roll back", "no rule measures the checks")
        .contains("the reason names no value: \"no\"", "no rule proposes anything in some states");
  }

  @Test
  void noRuleForAMetricWithoutDataIsTold() {
    assertThat(
            check(
                "rule \"go\" when $r : Rollout( analysing ) Workload( target, ready ) not Check("
                    + " pending ) not Metric( outcome == Outcome.FAIL ) then decide.advance("
                    + " $r.nextWeight(), \"to \" + $r.nextWeight() ); end"))
        .contains("no rule stops for a metric without data");
  }

  @Test
  void aPolicyOutsideTheProfileIsNotLookedAtFurther() {
    CheckReport report =
        PolicyCheck.run(
            Samples.source("import java.io.File;\nrule \"a\" when then decide.hold( \"x\" ); end"),
            List.of());

    assertThat(report.passed()).isFalse();
    assertThat(report.findings()).singleElement().asString().contains("'import' is not allowed");
  }

  private static String check(String rules) {
    return PolicyCheck.run(Samples.source(SOUND + rules), List.of(GuardRail.TRAFFIC)).text();
  }
}
