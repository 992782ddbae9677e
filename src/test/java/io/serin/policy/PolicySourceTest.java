package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.api.Finding;
import io.serin.policy.profile.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy replaces the default, or builds on it: overrides, switches off, takes packs in. */
class PolicySourceTest {

  private static final String HALT = "a check that does not pass halts the rollout";
  private static final String GENTLER =
      """
      // Mine.
      rule "a check that does not pass halts the rollout"
      when
          Rollout( analysing )
          $metric : Metric( outcome == Outcome.FAIL )
      then
          decide.halt( $metric.message() );
      end
      """;

  @TempDir private Path directory;

  private static PolicySource of(String manifest, Map<String, String> drl) {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest(manifest, findings).with(drl, Map.of());
    assertThat(findings).isEmpty();
    return PolicySource.of(spec);
  }

  private static List<Rule> named(PolicySource source, String name) {
    return Composition.rules(source.files()).stream().filter(r -> r.name().equals(name)).toList();
  }

  @Test
  void withoutABaseThePolicyIsWhatItSays() {
    PolicySource source = of("", Map.of("mine.drl", GENTLER));

    assertThat(Composition.names(source.files())).containsExactly(HALT);
  }

  @Test
  void aRuleOfItsOwnTakesThePlaceOfTheBasesOfThatName() {
    PolicySource source = of("base: default", Map.of("mine.drl", GENTLER));

    assertThat(named(source, HALT))
        .extracting(Rule::file, Rule::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("mine.drl", 2));
    assertThat(Composition.names(source.files()))
        .isEqualTo(Composition.names(BundledPolicy.compiled().source().files()));
  }

  @Test
  void theBasesRulesKeepTheirLines() {
    String name = "an analysis waits for its interval";
    PolicySource source = of("base: default", Map.of("mine.drl", GENTLER));

    Rule before = named(BundledPolicy.compiled().source(), name).getFirst();
    assertThat(named(source, name)).extracting(Rule::line).containsExactly(before.line());
    assertThat(named(source, name)).extracting(Rule::file).containsExactly("default/analysis.drl");
  }

  @Test
  void aRuleIsSwitchedOffByItsName() {
    PolicySource source = of("{base: default, without: ['" + HALT + "']}", Map.of());

    assertThat(named(source, HALT)).isEmpty();
    assertThat(Composition.names(source.files())).contains("an analysis waits for its interval");
  }

  @Test
  void packsAreTakenInWithTheirSettings() {
    PolicySource source = of("{base: default, packs: [fleet-limit]}", Map.of());

    assertThat(source.settings().defaults())
        .extracting(io.serin.fact.Setting::name)
        .contains("fleet-limit.rollouts");
    assertThat(Composition.names(source.files())).contains("the line stops while rollouts fail");
  }

  @Test
  void aPacksRuleTakesThePlaceOfItsNamesakeInAPolicyWithoutABase() {
    String name = "more failed checks than allowed take the revision back";
    String old = GENTLER.replace(HALT, name);

    PolicySource source = of("packs: [freeze-instead-of-rollback]", Map.of("mine.drl", old));

    assertThat(named(source, name))
        .extracting(Rule::file)
        .containsExactly("pack-freeze-instead-of-rollback.drl");
  }

  @Test
  void aRuleOfItsOwnTakesThePlaceOfAPacksWhereThereIsABase() {
    String name = "a step needs enough samples";

    PolicySource source =
        of(
            "{base: default, packs: [minimum-samples]}",
            Map.of("mine.drl", GENTLER.replace(HALT, name)));

    assertThat(named(source, name)).extracting(Rule::file).containsExactly("mine.drl");
  }

  @Test
  void aPackTakenInTwiceIsTakenInOnceAndKeepsThePolicysNumbers() {
    List<Finding> findings = new ArrayList<>();
    var spec =
        PolicyFolder.manifest(
            "{base: default, packs: [minimum-samples], settings: [{name: minimum-samples.ticks,"
                + " number: 5}]}",
            findings);

    PolicySource source = PolicySource.of(spec.takingIn(List.of("minimum-samples", "trends")));

    assertThat(source.settings().defaults())
        .contains(new io.serin.fact.Setting("minimum-samples.ticks", 5, "5"));
    assertThat(named(source, "a metric that is getting worse holds the weight")).hasSize(1);
  }

  @Test
  void settingsArePartOfTheDigest() {
    PolicySource one = of("{base: default, settings: [{name: a, number: 1}]}", Map.of());
    PolicySource other = of("{base: default, settings: [{name: a, number: 2}]}", Map.of());

    assertThat(one.digest()).isNotEqualTo(other.digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{base: default, without: [no such rule]} | without names rule 'no such rule', which"
            + " neither the base nor a pack has; take it out",
        "{base: default, without: ['a check that does not pass halts the rollout']} | rule 'a check"
            + " that does not pass halts the rollout' is switched off and replaced at once; do one"
            + " of the two",
        "{base: default, packs: [tea-break]} | there is no pack 'tea-break'; there are ",
        "{base: default, packs: [fast-track-revert, early-promotion]} | packs early-promotion and"
            + " fast-track-revert both replace rule",
      })
  void whatDoesNotFitTogetherIsRefused(String manifest, String finding) {
    assertThatThrownBy(() -> of(manifest, Map.of("mine.drl", GENTLER)))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(finding);
  }

  @Test
  void aSettingThatIsNotDeclaredIsRefusedWithItsPlace() {
    String drl =
        """
        rule "errors halt"
        when
            Rollout( analysing )
            $limit : Setting( name == "max-errors" )
            $metric : Metric( value > $limit.number )
        then
            decide.halt( $metric.message() );
        end
        """;

    assertThatThrownBy(() -> PolicyCompiler.compile(of("", Map.of("mine.drl", drl))))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "mine.drl:4: rule 'errors halt': setting 'max-errors' is not declared; declare it under"
                + " settings in policy.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "based: default | policy.yaml: based is no field of a policy; it has mode, base,",
        "base: other | policy.yaml: base is \"other\"; write default or leave it out",
        "mode: Shade | policy.yaml: mode is \"Shade\"; write one of Enforce, Shadow, Off",
        "[1, 2] | policy.yaml: it is no map of fields; write for example base: default",
        "a: b: c | policy.yaml: it is no YAML: ",
      })
  void aManifestThatCannotBeUnderstoodIsRefused(String manifest, String finding)
      throws IOException {
    Files.writeString(directory.resolve("policy.yaml"), manifest);

    assertThatThrownBy(() -> PolicySource.of(directory))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith(finding);
  }

  @Test
  void aMountedConfigMapIsReadThroughItsLinks() throws IOException {
    Path version = Files.createDirectory(directory.resolve("..2026_11_26"));
    Files.writeString(version.resolve("mine.drl"), GENTLER);
    Files.createSymbolicLink(directory.resolve("..data"), version.getFileName());
    Files.createSymbolicLink(directory.resolve("mine.drl"), Path.of("..data", "mine.drl"));

    assertThat(PolicySource.of(directory).files())
        .containsExactly(new DrlFile("mine.drl", GENTLER));
  }

  @Test
  void aDirectoryWithoutRulesOrABaseIsRefused() {
    assertThatThrownBy(() -> PolicySource.of(directory))
        .hasMessage(
            "policy directory %s holds no *.drl file; put at least one there, or a policy.yaml with base: default"
                .formatted(directory));
  }
}
