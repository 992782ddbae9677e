package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Metric;
import io.serin.policy.ShadowDecision.Agreement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shadow decides over the facts and the answers of the active policy, and asks nobody. */
class ShadowPolicyTest {

  private static final String MEASURE =
      "rule \"measure\" when Rollout( analysing ) $c : Check() then decide.measure( $c ); end\n";
  private static final Policy ACTIVE =
      Samples.policy(
          MEASURE
              + "rule \"on\" when $r : Rollout() then decide.advance( $r.nextWeight(), \"on\" );"
              + " end");

  private static Decision active(Policy policy) {
    return policy.decide(Samples.analysing(1), _ -> measured());
  }

  private static Evidence measured() {
    Check check = Samples.analysing(1).checks().getFirst();
    Metric metric =
        new Metric(check.name(), 0, Metric.Outcome.PASS, 99.9, 99.0, null, "check-0 is 99.9");
    return new Evidence(List.of(), List.of(metric), null);
  }

  private static ShadowDecision beside(String drl, Decision active) {
    return new ShadowPolicy("next", Samples.policy(drl)).beside(active);
  }

  @Test
  void theSameVerbAndWeightAgree() {
    ShadowDecision shadow =
        beside(
            "rule \"also\" when $r : Rollout() then decide.advance( $r.nextWeight(), \"too\" );"
                + " end",
            active(ACTIVE));

    assertThat(shadow.agreement()).isEqualTo(Agreement.AGREES);
    assertThat(shadow.line()).isEqualTo("next agrees (rule 'also')");
  }

  @Test
  void anotherWeightDisagrees() {
    ShadowDecision shadow =
        beside(
            "rule \"less\" when $r : Rollout() then decide.advance( 21, \"slower\" ); end",
            active(ACTIVE));

    assertThat(shadow.agreement()).isEqualTo(Agreement.DISAGREES);
    assertThat(shadow.line()).isEqualTo("next would advance 21: slower (rule 'less')");
  }

  @Test
  void itSeesWhatTheActivePolicyMeasured() {
    ShadowDecision shadow =
        beside(
            MEASURE
                + "rule \"halt\" when $m : Metric() then decide.halt( $m.message() ); end\n"
                + "rule \"hold\" when Rollout() then decide.hold( \"h\" ); end",
            active(ACTIVE));

    assertThat(shadow.line()).isEqualTo("next would halt: check-0 is 99.9 (rule 'halt')");
  }

  @Test
  void whatNobodyAskedCannotBeTold() {
    Policy silent = Samples.policy("rule \"on\" when Rollout() then decide.hold( \"h\" ); end");

    ShadowDecision shadow =
        beside(
            MEASURE + "rule \"h\" when Rollout() then decide.hold( \"h\" ); end", active(silent));

    assertThat(shadow.agreement()).isEqualTo(Agreement.CANNOT_TELL);
    assertThat(shadow.line()).isEqualTo("next cannot tell: nobody asked for metric check-0");
  }
}
