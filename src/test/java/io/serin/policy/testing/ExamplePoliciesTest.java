package io.serin.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.PromotionPolicy;
import io.serin.api.PromotionPolicySpec;
import io.serin.policy.BundledPolicy;
import io.serin.policy.NamespacePolicies;
import io.serin.policy.Policy;
import io.serin.policy.PolicyFolder;
import io.serin.policy.PolicySource;
import io.serin.policy.check.CheckReport;
import io.serin.policy.check.PolicyCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The policies of three teams are sound, tested, and the same as the objects that are applied. */
class ExamplePoliciesTest {

  private static final Path POLICIES = Path.of("examples/policies");
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @ValueSource(strings = {"payments", "shop-frontend", "data-platform"})
  void itsCasesPassAndLeaveNothingUnseen(String team) {
    TestReport report = tested(team);

    assertThat(report.passed()).as(report.text(true)).isTrue();
    assertThat(report.coverage().rulePercent()).as(report.text(true)).isEqualTo(100);
    assertThat(report.coverage().conditionPercent())
        .as(report.text(true))
        .isGreaterThanOrEqualTo(90);
  }

  /** The sweeps of the other two take half a minute each; {@code serin check} finds nothing. */
  @Test
  void nothingIsWrongWithCautionInTheStatesThatASweepSees() {
    CheckReport report = PolicyCheck.besideDefault(directory("data-platform"));

    assertThat(report.findings()).as(report.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "data-platform"})
  void theObjectThatIsAppliedIsTheDirectory(String team) {
    PromotionPolicy applied = applied(team).getFirst();

    assertThat(applied.findings()).isEmpty();
    assertThat(applied.spec()).isEqualTo(directory(team));
  }

  @Test
  void theEnvironmentsOfTheShopDifferInTheirNumbersAlone() {
    List<PromotionPolicy> applied = applied("shop-frontend");
    PromotionPolicySpec production = applied.getFirst().spec();
    PromotionPolicySpec staging = applied.getLast().spec();

    assertThat(applied).hasSize(2).allSatisfy(policy -> assertThat(policy.findings()).isEmpty());
    assertThat(production).isEqualTo(directory("shop-frontend"));
    assertThat(staging)
        .usingRecursiveComparison()
        .ignoringFields("settings", "namespaceSelector")
        .isEqualTo(production);
    assertThat(staging.settings()).isNotEqualTo(production.settings());
    assertThat(staging.namespaceSelector()).isNotEqualTo(production.namespaceSelector());
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "shop-frontend", "data-platform"})
  void noWordOfTheObjectIsATruthValueForKubectl(String team) throws IOException {
    assertThat(Files.readString(POLICIES.resolve(team).resolve("manifest.yaml")))
        .doesNotContainPattern("(?m)^  mode: Off");
  }

  @Test
  void theCasesOfTheShopPassWithTheNumbersOfStaging() {
    PromotionPolicySpec staging = applied("shop-frontend").getLast().spec();

    TestReport report = PolicyTests.run(Policy.of(PolicySource.of(staging)), staging.tests());

    assertThat(report.passed()).as(report.text(false)).isTrue();
  }

  private static boolean namespaced(String team) {
    return team.equals("data-platform");
  }

  private static PromotionPolicySpec directory(String team) {
    return PolicyFolder.read(POLICIES.resolve(team));
  }

  private static TestReport tested(String team) {
    Path directory = POLICIES.resolve(team);
    return namespaced(team)
        ? PolicyTests.beside(
            BundledPolicy.load(),
            NamespacePolicies.source(directory(team)),
            directory,
            PolicyTests.Options.DEFAULT)
        : PolicyTests.run(directory, PolicyTests.Options.DEFAULT);
  }

  private static List<PromotionPolicy> applied(String team) {
    return YAML
        .readerFor(ObjectNode.class)
        .<ObjectNode>readValues(POLICIES.resolve(team).resolve("manifest.yaml").toFile())
        .readAll()
        .stream()
        .map(tree -> PromotionPolicy.of(new KubeObject(tree)))
        .toList();
  }
}
