package io.serin.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.BundledPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The default policy passes its own tests, and they leave little of it unseen. */
class DefaultPolicyTest {

  private static final TestReport REPORT =
      PolicyTests.run(BundledPolicy.load(), Path.of("rules/default"), PolicyTests.Options.DEFAULT);

  @Test
  void everyCasePasses() {
    assertThat(REPORT.cases()).hasSizeGreaterThan(100);
    assertThat(REPORT.passed()).as(REPORT.text(false)).isTrue();
  }

  @Test
  void everyRuleFiresInSomeCase() {
    assertThat(REPORT.coverage().rulePercent()).as(REPORT.text(true)).isEqualTo(100);
  }

  @Test
  void nearlyEveryConditionIsSeenTrueAndFalse() {
    assertThat(REPORT.coverage().conditionPercent())
        .as(REPORT.text(true))
        .isGreaterThanOrEqualTo(90);
  }
}
