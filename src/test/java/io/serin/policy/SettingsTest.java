package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.api.Finding;
import io.serin.fact.Facts;
import io.serin.fact.Problem;
import io.serin.fact.Setting;
import io.serin.fact.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting has a default in the policy, and a Canary may change it as far as the policy says. */
class SettingsTest {

  private static final Settings SETTINGS =
      of(
          """
          settings:
            - {name: max-error-rate, number: 1, min: 0.1}
            - {name: soak, duration: 10m, longest: 2h}
            - {name: region, text: eu, oneOf: [eu, us]}
            - {name: fixed, number: 7}
          """);

  private static Settings of(String manifest) {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest(manifest, findings);
    assertThat(findings).isEmpty();
    return Settings.NONE.with(spec.settings());
  }

  private static Facts wishing(Map<String, String> wishes) {
    Facts facts = Samples.analysing(1);
    return facts.in(facts.surroundings().wishing(wishes));
  }

  @Test
  void withoutAWishTheDefaultsHold() {
    Facts facts = SETTINGS.fit(wishing(Map.of()));

    assertThat(facts.surroundings().settings())
        .containsExactly(
            new Setting("max-error-rate", 1, "1"),
            new Setting("soak", 600, "10m"),
            new Setting("region", Double.NaN, "eu"),
            new Setting("fixed", 7, "7"));
    assertThat(facts.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "max-error-rate, 0.5, 0.5",
    "max-error-rate, 0.1, 0.1",
    "max-error-rate, 1, 1",
    "soak, 1h30m, 5400",
    "soak, 10m, 600",
    "region, us, NaN"
  })
  void aCanaryMayAskForWhatThePolicyAllows(String name, String wish, double number) {
    Facts facts = SETTINGS.fit(wishing(Map.of(name, wish)));

    assertThat(facts.surroundings().settings()).contains(new Setting(name, number, wish));
    assertThat(facts.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "max-error-rate | 5    | max-error-rate is 5; the policy allows 0.1 to 1",
        "max-error-rate | 0.05 | max-error-rate is 0.05; the policy allows 0.1 to 1",
        "max-error-rate | much | max-error-rate is 'much', which is no number, such as 0.5",
        "max-error-rate | 1e999 | max-error-rate is '1e999', which is no number, such as 0.5",
        "soak | 5m   | soak is 5m; the policy allows 10m0s to 2h0m0s",
        "soak | long | soak is 'long', which is no duration, such as 10m",
        "region | asia | region is 'asia'; the policy allows eu, us",
        "fixed | 6 | fixed is 6; the policy allows 7 to 7",
        "maximum | 1 | 'maximum' is no setting of the policy; it has max-error-rate, soak, region,"
            + " fixed",
      })
  void whatItMayNotHaveIsAProblemAndTheDefaultHolds(String name, String wish, String problem) {
    Facts facts = SETTINGS.fit(wishing(Map.of(name, wish)));

    assertThat(facts.problems())
        .containsExactly(
            new Problem(Problem.Kind.SETTING, "annotation serin.dev/settings: " + problem));
    assertThat(facts.surroundings().settings()).isEqualTo(SETTINGS.defaults());
  }

  @Test
  void aRecordedTickIsFittedToAnotherPolicy() {
    Facts recorded = SETTINGS.fit(wishing(Map.of("soak", "1h", "strange", "1")));

    Facts facts = of("settings: [{name: soak, duration: 20m, longest: 30m}]").fit(recorded);

    assertThat(facts.surroundings().settings()).containsExactly(new Setting("soak", 1200, "20m"));
    assertThat(facts.problems())
        .extracting(Problem::message)
        .containsExactly(
            "annotation serin.dev/settings: 'strange' is no setting of the policy; it has soak",
            "annotation serin.dev/settings: soak is 1h; the policy allows 20m0s to 30m0s");
  }

  @Test
  void aWishForASettingThatOnlyAShadowDeclaresIsNoProblemOfTheActivePolicy() {
    Facts facts = wishing(Map.of("soak", "1h", "shadows", "7", "nobodys", "1"));

    Facts beside =
        SETTINGS.fit(facts.in(facts.surroundings().besideShadows(List.of("shadows", "soak"))));

    assertThat(beside.problems())
        .extracting(Problem::message)
        .containsExactly(
            "annotation serin.dev/settings: 'nobodys' is no setting of the policy; it has"
                + " max-error-rate, soak, region, fixed");
    assertThat(beside.surroundings().settings())
        .contains(new Setting("soak", 3600, "1h"))
        .extracting(Setting::name)
        .doesNotContain("shadows");
    assertThat(of("settings: [{name: shadows, number: 5, max: 9}]").fit(beside).surroundings())
        .as("as the shadow sees it")
        .extracting(Surroundings::settings)
        .isEqualTo(List.of(new Setting("shadows", 7, "7")));
  }

  @Test
  void fittingTwiceChangesNothing() {
    Facts once = SETTINGS.fit(wishing(Map.of("soak", "1h", "strange", "1")));

    assertThat(SETTINGS.fit(once)).isEqualTo(once);
  }

  @Test
  void aPolicyGivesAPacksSettingAnotherValueAndKeepsItsBounds() {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest("settings: [{name: soak, duration: 20m}]", findings);

    Facts facts = SETTINGS.with(spec.settings()).fit(wishing(Map.of("soak", "2h")));

    assertThat(facts.surroundings().settings()).contains(new Setting("soak", 7200, "2h"));
  }

  @Test
  void aSideThatThePackLeavesWithoutABoundFollowsThePolicysValue() {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest("settings: [{name: soak, duration: 20m}]", findings);

    Facts facts = SETTINGS.with(spec.settings()).fit(wishing(Map.of("soak", "10m")));

    assertThat(facts.problems())
        .extracting(Problem::message)
        .containsExactly(
            "annotation serin.dev/settings: soak is 10m; the policy allows 20m0s to 2h0m0s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{name: a b, number: 1} | setting 'a b' is no name; use up to 63 letters, digits, '.', '_'"
            + " and '-'",
        "{number: 1} | setting '' is no name; use up to 63 letters, digits, '.', '_' and '-'",
        "{name: a} | setting 'a' needs one value: write number, duration or text",
        "{name: a, number: 1, text: x} | setting 'a' needs one value: write number, duration or"
            + " text",
        "{name: a, number: 5, max: 3} | setting 'a' is 5, outside its own bounds 5 to 3; write a"
            + " value within them",
        "{name: a, duration: soon} | setting 'a' is 'soon', which is no duration, such as 10m",
        "{name: a, text: x, oneOf: [y]} | setting 'a' is 'x', which is not among y",
        "{name: soak, number: 5} | setting 'soak' is a number here and a duration where it is"
            + " declared; write duration",
      })
  void aDeclarationThatContradictsItselfIsRefused(String declaration, String finding) {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest("settings: [" + declaration + "]", findings);

    assertThatThrownBy(() -> SETTINGS.with(spec.settings()))
        .isInstanceOf(PolicyException.class)
        .hasMessage(finding);
  }
}
