package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code serin test} and {@code serin check}: exit codes and what is said. */
class PolicyCommandsTest {

  private static final String RULE =
      """
      rule "one step" when $r : Rollout( analysing ) then decide.advance( $r.nextWeight(), "to " + $r.nextWeight() ); end
      """;

  private static final String WAITS =
      """
      rule "wait" when $r : Rollout( analysing ) then decide.hold( "at " + $r.weight() ); end
      """;

  private static final String VAIN =
      "rule \"vain\" when $r : Rollout( analysing, !due ) then decide.hold( \"no\" ); end\n";
  private static final String NIGHT =
      """
      rule "night" when Rollout( analysing ) $now : Moment( hour < 6 ) then decide.hold( "it is " + $now.hour() ); end
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @BeforeEach
  void policy() throws IOException {
    write("policy/a.drl", RULE);
    write("policy/a_test.yaml", "cases: [{name: it steps, expect: advance}]\n");
  }

  @Test
  void casesThatPassAreCounted() {
    assertThat(run("test", at("policy"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("1 case, 1 passed, 0 failed\n");
  }

  @Test
  void aCaseThatFailsIsNamedAndFails() throws IOException {
    write("policy/a_test.yaml", "cases: [{name: it waits, expect: hold}]\n");

    assertThat(run("test", at("policy"))).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("FAIL a_test.yaml: it waits", "1 failed");
  }

  @Test
  void tooLittleCoverageFails() {
    assertThat(run("test", at("policy"), "--coverage")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("was never false", "coverage: 100.0 % of 1 rule");
    assertThat(run("test", at("policy"), "--fail-under", "90")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("(below 90 %)");
  }

  @Test
  void theResultsAreWrittenForBuildServers() {
    Path file = directory.resolve("reports/junit.xml");

    run("test", at("policy"), "--junit", file.toString());

    assertThat(file).content().contains("<testcase", "name=\"it steps\"");
  }

  @Test
  void aCaseMayNameARecording() throws IOException {
    Files.copy(Path.of("examples/recordings/success.jsonl"), directory.resolve("policy/run.jsonl"));
    write("policy/a_test.yaml", "cases: [{name: r, recording: run.jsonl, expect: hold}]\n");

    run("test", at("policy"));

    assertThat(out.toString()).contains("FAIL a_test.yaml: r").doesNotContain("cannot be read");
  }

  @Test
  void noCasesAreAFailureThatSaysWhatToDo() throws IOException {
    Files.delete(directory.resolve("policy/a_test.yaml"));

    assertThat(run("test", at("policy"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("serin test: directory ").contains("write a *_test.yaml");
  }

  @Test
  void aBrokenPolicyIsOneLine() throws IOException {
    write("policy/a.drl", "rule \"x\" when Nothing() then decide.hold( \"x\" ); end");

    assertThat(run("test", at("policy"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("serin test: a.drl:1: ");
  }

  @Test
  void aRuleThatTakesATextSettingForANumberStopsNothing() throws IOException {
    write("policy/policy.yaml", "base: default\nsettings: [{name: limit, text: low}]\n");
    write(
        "policy/a.drl",
        """
        rule "limit" when $r : Rollout( analysing ) Setting( name == "limit", number > 10 )
        then decide.hold( "at " + $r.weight() ); end
        """);

    run("check", at("policy"));

    assertThat(out.toString())
        .contains("rule 'limit': the rule decides in none of the states")
        .doesNotContain("can never advance");
  }

  @Test
  void theRuleThatIsInTheWayIsToldAndNotOneThatHoldsInAnySickState() throws IOException {
    write("policy/policy.yaml", "base: default\n");
    write("policy/a.drl", WAITS);

    run("check", at("policy"));

    assertThat(out.toString())
        .contains("can never advance: something more careful always wins, for example 'wait' says");
  }

  @Test
  void wrongUsageIsOneLine() {
    assertThat(run("test")).isEqualTo(ExitCode.USAGE);
    assertThat(run("test", at("policy"), "--fail-under", "101")).isEqualTo(ExitCode.USAGE);
    assertThat(run("check")).isEqualTo(ExitCode.USAGE);
    assertThat(run("check", at("policy"), "-o", "html")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSize(4).allMatch(l -> l.startsWith("serin "));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("test", at("nowhere"))).isEqualTo(ExitCode.FAILED);
    assertThat(run("check", at("nowhere"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(l -> l.contains("nowhere does not exist; name a directory"));
  }

  @Test
  void whatWouldSilentlyNotCountIsRefused() throws IOException {
    refused("is a file; name a directory", "policy/a.drl");
    refused("the path is empty", "");
    write("policy/policy.yml", "base: default");
    refused("policy.yml would not be read; call it policy.yaml");
    Files.delete(directory.resolve("policy/policy.yml"));
    write("policy/policy.yaml", "base: default\nbase: default\n");
    refused("policy.yaml: it is no YAML: line 2: ");
    write("policy/policy.yaml", "packs:\n\t- trends\n");
    refused("policy.yaml: it is no YAML: line 2: found character '\\t(TAB)'");
    write("policy/policy.yaml", "settings: [{name: a, number: 1}, {name: a, number: 2}]\n");
    refused("setting 'a' is declared twice; keep one");
    write("policy/policy.yaml", "settings: [{name: a, duration: -5m}]\n");
    refused("setting 'a' is '-5m', which is no duration");
  }

  private void refused(String reason) {
    refused(reason, "policy");
  }

  private void refused(String reason, String path) {
    err.getBuffer().setLength(0);

    assertThat(run("check", path.isEmpty() ? "" : at(path))).isNotEqualTo(ExitCode.OK);
    assertThat(err.toString()).startsWith("serin check: ").contains(reason).hasLineCount(1);
  }

  @Test
  void aReportThatCannotBeWrittenIsToldInWords() {
    assertThat(run("test", at("policy"), "--junit", directory.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("cannot be written: is a directory; name another")
        .doesNotContain("Exception");
  }

  @Test
  void warningsPass() throws IOException {
    write("policy/a.drl", WAITS);

    assertThat(run("check", at("policy"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("a.drl:1: warning: the policy can never advance", "states covered");
  }

  @Test
  void anErrorFailsWithItsPlace() throws IOException {
    write("policy/a.drl", RULE + "rule \"x\" when Nothing() then decide.hold( \"x\" ); end");

    assertThat(run("check", at("policy"))).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("a.drl:2: error: ");
  }

  @Test
  void theCheckIsAlsoJson() throws IOException {
    write("policy/a.drl", WAITS);

    run("check", at("policy"), "-o", "json");

    var json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.path("passed").asBoolean()).isTrue();
    assertThat(json.at("/findings/0/severity").asString()).isEqualTo("WARNING");
  }

  @Test
  void packsAreTakenInBesideThoseOfThePolicy() throws IOException {
    write("policy/policy.yaml", "{base: default, packs: [trends]}");
    write("policy/a.drl", WAITS);
    write(
        "policy/a_test.yaml",
        "cases: [{name: few, evidence: {metrics: [{name: samples, value: 3}]}, expect: {verdict:"
            + " hold, proposed: [wait, a step needs enough samples]}}]\n");

    assertThat(run("test", at("policy"))).isEqualTo(ExitCode.FAILED);
    assertThat(run("test", at("policy"), "--policy-packs", "trends,minimum-samples"))
        .isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.drl", "pack-a.drl", "pack-trends/a.drl", "default/a.drl"})
  void aFileIsThePolicysOwnWhateverItsName(String file) throws IOException {
    Files.delete(directory.resolve("policy/a.drl"));
    write("policy/policy.yaml", "{base: default, packs: [trends]}");
    write("policy/" + file, VAIN);

    run("test", at("policy"), "--coverage");
    assertThat(out.toString()).contains("rule 'vain' never fired", "of 1 rule");
    run("check", at("policy"));
    assertThat(out.toString())
        .startsWith(file + ":1: warning: rule 'vain': the reason names no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pack-a.drl", "default/a.drl"})
  void aFileOfANamespacePolicyIsItsOwnWhateverItsName(String file) throws IOException {
    Files.delete(directory.resolve("policy/a.drl"));
    write("policy/" + file, VAIN);

    run("test", at("policy"), "--namespaced", "--coverage");
    assertThat(out.toString()).contains("of 1 rule");
    run("check", at("policy"), "--namespaced");
    assertThat(out.toString())
        .startsWith(file + ":1: warning: rule 'vain': the reason names no value");
  }

  @Test
  void aPackThatDoesNotExistIsOneLine() {
    assertThat(run("test", at("policy"), "--policy-packs", "tea-break")).isEqualTo(ExitCode.FAILED);
    assertThat(run("check", at("policy"), "--policy-packs", "tea-break"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(l -> l.contains("there is no pack 'tea-break'; there are change-window"));
  }

  @Test
  void aNamespacePolicyIsTestedBesideTheDefaultOne() throws IOException {
    write("policy/a.drl", NIGHT);
    write(
        "policy/a_test.yaml",
        """
        cases:
          - {name: by day the default decides, expect: {verdict: advance, silent: [night]}}
          - {name: by night it holds, facts: {moment: {hour: 3}}, expect: {verdict: hold, rule: night}}
          - {name: nobody steps at rest, facts: {rollout: {phase: Succeeded}}, expect: idle}
        """);

    assertThat(run("test", at("policy"), "--namespaced", "--fail-under", "100"))
        .as(out.toString())
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("coverage: 100.0 % of 1 rule, 100.0 % of conditions");
  }

  @Test
  void aNamespacePolicyThatIsBoldIsRefusedWithItsPlace() throws IOException {
    write("policy/a.drl", NIGHT + RULE);

    assertThat(run("test", at("policy"), "--namespaced")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualTo(
            "serin test: a.drl:2: rule 'one step': a namespace policy may only add caution"
                + " (decide.hold, halt, freeze or rollback), not decide.advance\n");
    assertThat(run("check", at("policy"), "--namespaced")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).startsWith("a.drl:2: error: rule 'one step': a namespace policy");
  }

  @Test
  void aNamespacePolicyHoldsNothingButRulesAndSettings() {
    assertThat(run("check", at("policy"), "--namespaced", "--policy-packs", "trends"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualTo("serin check: packs: packs are for cluster policies; leave them out\n");
  }

  @Test
  void aRuleOfANamespacePolicyHasANameOfItsOwn() throws IOException {
    write("policy/a.drl", NIGHT.replace("night", "an analysis waits for its interval"));

    assertThat(run("check", at("policy"), "--namespaced")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualTo(
            "serin check: a.drl:1: rule 'an analysis waits for its interval': the default policy"
                + " has one of that name; give it another\n");
  }

  @Test
  void theCheckOfANamespacePolicyKnowsTheDefaultOne() throws IOException {
    write("policy/a.drl", NIGHT + VAIN);

    assertThat(run("check", at("policy"), "--namespaced")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .startsWith("a.drl:2: warning: rule 'vain': the reason names no value")
        .doesNotContain("can never")
        .doesNotContain("default/");
  }

  private int run(String... args) {
    return Shell.run(out, err, args, new TestCommand(), new CheckCommand());
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
