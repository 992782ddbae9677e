package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.check.CheckReport;
import io.serin.policy.check.GuardRail;
import io.serin.policy.check.PolicyCheck;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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
