package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A policy over a limit holds, and says why. */
class LimitsTest {

  private static final String EVERY_CHECK =
      "rule \"a\" when Check() then decide.idle( \"x\" ); end";

  @Test
  void tooManyFactsHold() {
    Decision decision = decide(new Limits(5, 100, 10, Duration.ofSeconds(5), () -> 0), 20);

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble()).contains("more than 5 facts");
  }

  @Test
  void tooManyFiringsHold() {
    Decision decision = decide(new Limits(100, 10, 10, Duration.ofSeconds(5), () -> 0), 20);

    assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
    assertThat(decision.trouble()).contains("more than 10 rules fired");
  }

  @Test
  void rulesThatTakeTooLongHold() {
    AtomicLong clock = new AtomicLong();
    Limits limits =
        new Limits(
            100,
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

  private static Decision decide(Limits limits, int checks) {
    Policy policy = Policy.load(PolicyCompiler.compile(Samples.source(EVERY_CHECK)), limits);
    return policy.decide(Samples.analysing(checks), Samples.passing());
  }
}
