package io.serin.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Evidence;
import io.serin.policy.BundledPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestsTest {

  private static final String POLICY =
      """
      rule "slow metrics halt"
      when
          $m : Metric( outcome == Outcome.FAIL, name == "latency" )
      then
          decide.halt( $m.message() );
      end
      rule "measure"
      when
          $c : Check()
      then
          decide.measure( $c );
      end
      rule "go on"
      when
          $r : Rollout( weight < maxWeight )
      then
          decide.advance( $r.nextWeight(), "to " + $r.nextWeight() );
      end
      """;

  @TempDir Path directory;

  @Test
  void aCaseThatIsMetPasses() throws IOException {
    TestReport report =
        run(
            """
            cases:
              - name: advances
                expect: {verdict: advance, weight: 30, rule: go on, reason: "to \\\\d+"}
            """);

    assertThat(report.passed()).as(report.text(true)).isTrue();
  }

  @Test
  void aCaseThatIsNotMetSaysWhatHappenedInstead() throws IOException {
    TestReport report =
        run(
            """
            cases:
              - name: halts
                evidence: {metrics: [{name: latency, outcome: PASS}]}
                expect: halt
            """);

    assertThat(report.passed()).isFalse();
    assertThat(report.text(false))
        .contains("FAIL a_test.yaml: halts", "expected halt, decided advance by 'go on'");
  }

  @Test
  void aMisspeltFieldIsAFailureThatNamesTheFields() throws IOException {
    TestReport report =
        run(
            """
            cases:
              - name: typo
                facts: {rollout: {wieght: 3}}
                expect: hold
            """);

    assertThat(report.cases().getFirst().problems().getFirst())
        .contains("rollout has no field 'wieght'", "weight");
  }

  @Test
  void aMisspeltConstantIsAFailureThatNamesTheConstants() throws IOException {
    TestReport report =
        run(
            """
            cases:
              - facts: {rollout: {phase: Progresing}}
                expect: hold
            """);

    assertThat(report.cases().getFirst().problems().getFirst()).contains("PROGRESSING");
  }

  @Test
  void whatIsNoYamlFails() throws IOException {
    assertThat(run("cases: [").passed()).isFalse();
  }

  @Test
  void aNumberThatWouldBecomeAnotherOneIsRefused() throws IOException {
    assertThat(run("cases: [{facts: {rollout: {weight: 20.7}}, expect: advance}]").text(false))
        .contains("Rollout.weight is 20.7; write a whole number that fits");
    assertThat(run("cases: [{facts: {rollout: {weight: 4294967316}}, expect: hold}]").text(false))
        .contains("Rollout.weight is 4294967316; write a whole number that fits");
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedWithItsLine() throws IOException {
    assertThat(run("cases:\n  - expect: advance\n    expect: hold\n").text(false))
        .contains("is not YAML: line 3: ");
  }

  @Test
  void coverageNamesWhatWasNeverSeen() throws IOException {
    TestReport report =
        run(
            """
            cases:
              - expect: advance
            """);

    assertThat(report.text(true))
        .contains("rule 'slow metrics halt' never fired")
        .contains("Rollout( weight < maxWeight ) was never false in rule 'go on'");
    assertThat(report.coverage().rulePercent()).isBetween(33.0, 34.0);
  }

  @Test
  void tooLittleCoverageFailsWhereItIsDemanded() throws IOException {
    Files.writeString(directory.resolve("a.drl"), POLICY);
    Files.writeString(directory.resolve("a_test.yaml"), "cases: [{expect: advance}]");

    assertThat(PolicyTests.run(directory, new PolicyTests.Options(Recordings.NONE, 90)).passed())
        .isFalse();
  }

  @Test
  void theReportForMachinesHoldsEveryCase() throws IOException {
    String xml =
        JUnitXml.write(
            run(
                """
                cases:
                  - {name: good, expect: advance}
                  - {name: "bad <one>", expect: halt}
                """));

    assertThat(xml)
        .contains("<testsuite name=\"a_test.yaml\" tests=\"2\" failures=\"1\"")
        .contains("name=\"good\"")
        .contains("name=\"bad &lt;one&gt;\"")
        .contains("<failure message=\"expected halt, decided advance");
  }

  @Test
  void aRecordingIsDecidedTickByTick() throws IOException {
    var facts = FactReader.facts(Map.of("rollout", Map.of("weight", 50)), Map.of());
    var early = FactReader.facts(Map.of(), Map.of());
    Files.writeString(
        directory.resolve("a_test.yaml"),
        """
        cases:
          - {name: by the end, recording: x.jsonl, expect: promote}
          - {name: by tick 1, recording: x.jsonl, expect: {verdict: advance, by: 1}}
          - {name: too late, recording: x.jsonl, expect: {verdict: advance, by: 9}}
        """);
    Recordings recordings =
        file ->
            List.of(
                new Recordings.RecordedTick(early, Evidence.NONE),
                new Recordings.RecordedTick(facts, Evidence.NONE));

    TestReport report =
        PolicyTests.run(BundledPolicy.load(), directory, new PolicyTests.Options(recordings, 0));

    assertThat(report.cases()).extracting(CaseResult::passed).containsExactly(true, true, false);
  }

  private TestReport run(String cases) throws IOException {
    Files.writeString(directory.resolve("a.drl"), POLICY);
    Files.writeString(directory.resolve("a_test.yaml"), cases);
    return PolicyTests.run(directory, PolicyTests.Options.DEFAULT);
  }
}
