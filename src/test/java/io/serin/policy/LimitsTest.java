package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.fact.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy over a limit holds, and says why. */
class LimitsTest {

  private static final String EVERY_CHECK =
      "rule \"a\" when Check() then decide.idle( \"x\" ); end";

  @Test
  void tooManyFactsHold() {
    Decision decision = decide(new Limits(5, 2_000, 100, 10, Duration.ofSeconds(5), () -> 0), 20);

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble()).contains("more than 5 facts");
  }

  @Test
  void tooManyFiringsHold() {
    Decision decision = decide(new Limits(100, 2_000, 10, 10, Duration.ofSeconds(5), () -> 0), 20);

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble()).contains("more than 10 rules fired");
  }

  @Test
  void rulesThatTakeTooLongHold() {
    AtomicLong clock = new AtomicLong();
    Limits limits =
        new Limits(
            100,
            2_000,
            100,
            10,
            Duration.ofMillis(50),
            () -> clock.addAndGet(Duration.ofMillis(10).toNanos()));

    Decision decision = decide(limits, 20);

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble()).contains("longer than 50 ms");
  }

  @Test
  void withinTheLimitsThePolicyDecides() {
    Decision decision = decide(Limits.DEFAULT, 20);

    assertThat(decision.trouble()).isNull();
    assertThat(decision.verdict()).isInstanceOf(Verdict.Idle.class);
  }

  @Test
  void theMostCostlyJoinThatTheProfileAllowsEndsInTime() {
    Policy policy =
        Samples.policy(
            "rule \"a\" when not ( Check( $a : order ) and Check( $b : order ) and"
                + " Check( order > $a + $b + 1000 ) ) then decide.idle( \"x\" ); end");

    Decision decision = policy.decide(Samples.analysing(100), Samples.passing());

    assertThat(decision.trouble()).isNull();
  }

  /**
   * Without the limit this would try 10^9 combinations, for minutes, and none would fire a rule.
   */
  @Test
  void joinsOfMoreFactsThanCanBeTriedHoldBeforeAnyIsTried() {
    Policy policy =
        Samples.policy(
            "rule \"hostile\" when not ( Check( $a : order ) and Check( $b : order ) and"
                + " Check( order > $a + $b + 100000 ) ) then decide.idle( \"x\" ); end");

    Decision decision = policy.decide(Samples.analysing(900), Samples.passing());

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble())
        .contains(
            "may have to try 729000000 combinations of facts in one tick, 2000000 are allowed")
        .contains("'hostile' joins 900 Check x 900 Check x 900 Check");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Check( $a : order ) Check( order > $a )                                           | 400
          Check() not Check( pending ) not Check( !pending )                                | 800
          ( Check( pending ) or Check( !pending ) ) Check()                                 | 800
          Check() forall( $c : Check() Check( order > $c.order ) )                          | 8000
          Check( $a : order ) exists ( Check( order > $a ) and Check( pending ) )           | 8000
          Check() accumulate( Check( $o : order ); $n : max( $o ) )                         | 400
          Check( $n : name ) Check( name == $n ) Check( name == "a", order == 1 )           | 0
          Rollout( $w : weight ) Check( order < $w ) not Problem() not Metric()             | 0
          Check() Metric()                                                                  | 0
          """)
  void combinationsAreCountedFromWhatTheRuleJoins(String when, long combinations) {
    String drl = "rule \"a\" when %s then decide.idle( \"x\" ); end".formatted(when);
    Combinations rules = new Combinations(PolicyCompiler.compile(Samples.source(drl)).rules());
    List<Object> facts = Samples.analysing(20).all();

    assertThatNoException().isThrownBy(() -> rules.check(facts, combinations));
    if (combinations > 0) {
      assertThatThrownBy(() -> rules.check(facts, combinations - 1))
          .hasMessageContaining("try " + combinations + " combinations");
    }
  }

  @Test
  void combinationsOfAllRulesCountTogether() {
    String two =
        EVERY_CHECK
            + " rule \"b\" when Check() Check() then decide.idle( \"x\" ); end"
            + " rule \"c\" when Check() Check() Check() then decide.idle( \"x\" ); end";
    Combinations rules = new Combinations(PolicyCompiler.compile(Samples.source(two)).rules());

    assertThatThrownBy(() -> rules.check(Samples.analysing(10).all(), 1_099))
        .hasMessageContaining("try 1100 combinations")
        .hasMessageContaining("'c' joins 10 Check x 10 Check x 10 Check");
  }

  private static Decision decide(Limits limits, int checks) {
    Policy policy = Policy.load(PolicyCompiler.compile(Samples.source(EVERY_CHECK)), limits);
    return policy.decide(Samples.analysing(checks), Samples.passing());
  }
}
