package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.api.Finding;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy of a namespace joins the cluster's, and whatever it says can only add caution. */
class NamespacePoliciesTest {

  private static final Policy CLUSTER = BundledPolicy.load();

  private static PolicySource source(String manifest, String drl) {
    List<Finding> findings = new ArrayList<>();
    var spec = PolicyFolder.manifest(manifest, findings).with(Map.of("own.drl", drl), Map.of());
    return NamespacePolicies.source(spec);
  }

  private static String rule(String condition, String action) {
    return """
    rule "mine"
    when
        %s
    then
        %s;
    end
    """
        .formatted(condition, action);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold( \"x\" )",
        "halt( \"x\" )",
        "freeze( \"x\" )",
        "rollback( \"x\" )",
      })
  void theVerbsOfCautionAreAllowed(String verb) {
    assertThat(source("", rule("Rollout()", "decide." + verb)).files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advance( 100, \"x\" )",
        "promote( \"x\" )",
        "promoteEarly( \"x\" )",
        "start( \"x\" )",
        "idle( \"x\" )",
        "suspend( \"x\" )",
        "release( \"x\" )",
        "terminate( \"x\" )",
        "strand( \"x\" )",
        "restart( \"x\" )",
        "cancel( \"x\" )",
        "rebaseline( \"x\" )",
        "probe()",
      })
  void everyOtherVerbIsRefusedWithItsPlace(String verb) {
    String name = verb.substring(0, verb.indexOf('('));

    assertThatThrownBy(() -> source("", rule("Rollout()", "decide." + verb)))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "own.drl:5: rule 'mine': a namespace policy may only add caution (decide.hold, halt,"
                + " freeze or rollback), not decide."
                + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "base: default | base: a namespace policy is added to the cluster's; leave base out",
        "packs: [trends] | packs: packs are for cluster policies; leave them out",
        "without: [any] | without: a namespace policy takes nothing away; leave it out",
      })
  void itBuildsOnNothing(String manifest, String finding) {
    assertThatThrownBy(() -> source(manifest, rule("Rollout()", "decide.hold( \"x\" )")))
        .isInstanceOf(PolicyException.class)
        .hasMessage(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Rollout( analysing ) | decide.hold( \"x\" )",
        "Rollout() | decide.halt( \"x\" )",
        "Metric( outcome == Outcome.PASS ) | decide.rollback( \"x\" )",
        "Rollout( promoting ) | decide.freeze( \"x\" )",
      })
  void theWinnerIsNeverBolderThanTheClusterPolicys(String condition, String action) {
    Policy joined = CLUSTER.joinedBy(List.of(Policy.of(source("", rule(condition, action)))));
    Random random = new Random(7);
    int changed = 0;

    for (int seed = 0; seed < 2_000; seed++) {
      Facts facts = new RandomFacts(random).facts();
      Verdict without = CLUSTER.decide(facts, RandomFacts.answers(seed)).verdict();
      Verdict with = joined.decide(facts, RandomFacts.answers(seed)).verdict();

      assertThat(Resolution.atLeastAsCareful(with, without))
          .as("%s over %s", with, without)
          .isTrue();
      changed += with.equals(without) ? 0 : 1;
    }

    assertThat(changed).isPositive();
  }

  @Test
  void oneThatFailsHoldsAndKeepsNoRollbackFromHappening() {
    Policy failing =
        Policy.load(
            PolicyCompiler.compile(source("", rule("Rollout()", "decide.hold( \"x\" )"))),
            new Limits(0, 1_000, 10, 10, Duration.ofSeconds(5), System::nanoTime));
    Policy rollback =
        Samples.policy("rule \"back\" when Rollout() then decide.rollback( \"bad\" ); end");
    Policy advance =
        Samples.policy("rule \"on\" when Rollout() then decide.advance( 30, \"good\" ); end");

    assertThat(decision(rollback, failing).verdict()).isEqualTo(new Verdict.Rollback("bad"));
    assertThat(decision(advance, failing).verdict())
        .isEqualTo(
            new Verdict.Hold(
                "policy %s failed: java.lang.IllegalStateException: more than 0 facts in one tick"
                    .formatted(failing.digest())));
  }

  @Test
  void itsSettingsDoNotReplaceThoseOfTheCluster() {
    String drl = rule("Setting( name == \"limit\", number > 5 )", "decide.halt( \"x\" )");
    Policy own = Policy.of(source("settings: [{name: limit, number: 9}]", drl));
    Policy cluster =
        Policy.of(
            new PolicySource(
                Samples.source("rule \"on\" when Rollout() then decide.hold( \"h\" ); end").files(),
                Settings.NONE.with(
                    PolicyFolder.manifest("settings: [{name: limit, number: 1}]", new ArrayList<>())
                        .settings())));

    assertThat(decision(cluster, own).verdict()).isEqualTo(new Verdict.Hold("h"));
  }

  private static Decision decision(Policy cluster, Policy namespace) {
    return cluster.joinedBy(List.of(namespace)).decide(Samples.analysing(0), _ -> Evidence.NONE);
  }
}
