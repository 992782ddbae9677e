package io.serin.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.PackPolicies;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pack, taken in by the default policy, passes its own tests, and they leave little unseen.
 */
class PacksTest {

  static List<String> packs() {
    return io.serin.policy.Packs.NAMES;
  }

  @ParameterizedTest
  @MethodSource("packs")
  void everyCasePassesAndCovers(String pack) {
    TestReport report =
        PolicyTests.ofPack(
            PackPolicies.with(pack),
            pack,
            Path.of("rules/packs", pack),
            PolicyTests.Options.DEFAULT);

    assertThat(report.cases()).isNotEmpty();
    assertThat(report.passed()).as(report.text(true)).isTrue();
    assertThat(report.coverage().rulePercent()).as(report.text(true)).isEqualTo(100);
    assertThat(report.coverage().conditionPercent())
        .as(report.text(true))
        .isGreaterThanOrEqualTo(90);
  }
}
