package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies of namespaces propose beside the cluster's. */
class JoinedPolicyTest {

  @Test
  void aPolicyThatIsJoinedAgainKeepsThoseThatJoinedBefore() {
    Policy first = caution("hold", "first");
    Policy second = caution("halt", "second");

    Policy joined = BundledPolicy.load().joinedBy(List.of(first)).joinedBy(List.of(second));
    Decision decision = joined.decide(Samples.analysing(1), Samples.passing());

    assertThat(decision.proposals()).extracting(Proposal::rule).contains("first", "second");
    assertThat(decision.winner().rule()).isEqualTo("second");
    assertThat(joined.digest())
        .isEqualTo(BundledPolicy.load().digest() + "+" + first.digest() + "+" + second.digest());
  }

  private static Policy caution(String verb, String name) {
    return Policy.of(
        Samples.source(
            "rule \"%s\" when $r : Rollout( analysing ) then decide.%s( $r.name() ); end"
                .formatted(name, verb)));
  }
}
