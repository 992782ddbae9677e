package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.policy.explain.Explainer;
import io.serin.policy.explain.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExplainerTest {

  private static final Policy POLICY =
      Samples.policy(
          """
          rule "go on while everything passes" when
              $r : Rollout( analysing, due, weight < maxWeight )
              not Metric( outcome != Outcome.PASS )
          then decide.advance( $r.nextWeight(), "from " + $r.weight() + " to " + $r.nextWeight() ); end
          rule "measure" when $c : Check() then decide.measure( $c ); end
          rule "never on Tuesdays" when
              $m : Moment( day == DayOfWeek.TUESDAY )
          then decide.hold( "it is " + $m.day() ); end
          rule "a broken check halts" when
              $m : Metric( outcome == Outcome.FAIL )
          then decide.halt( $m.message() ); end
          rule "promote when complete" when
              $r : Rollout( analysing, weight >= maxWeight )
          then decide.promote( "at " + $r.weight() ); end
          """);

  @Test
  void theWinnerIsShownWithTheValuesItRead() {
    Explanation e = explain();

    assertThat(e.verdict()).isEqualTo("hold");
    assertThat(e.rule()).isEqualTo("never on Tuesdays");
    assertThat(e.where()).startsWith("test.drl:");
    assertThat(e.facts())
        .containsExactly(new Explanation.SeenFact("Moment", java.util.Map.of("day", "TUESDAY")));
  }

  @Test
  void theLosersAreShownWithTheirCaution() {
    assertThat(explain().losers())
        .containsExactly(
            new Explanation.Loser(
                "go on while everything passes", "advance", "from 20 to 30", "progress"));
  }

  @Test
  void rulesOneConditionShortAreShownWithWhatWasFound() {
    List<Explanation.NearMiss> misses = explain().nearMisses();

    assertThat(misses)
        .anySatisfy(
            m -> {
              assertThat(m.rule()).isEqualTo("promote when complete");
              assertThat(m.missing())
                  .isEqualTo("Rollout( weight >= maxWeight ), found weight 20, maxWeight 50");
              assertThat(m.wouldWin()).isFalse();
            })
        .anySatisfy(
            m -> {
              assertThat(m.rule()).isEqualTo("a broken check halts");
              assertThat(m.missing())
                  .isEqualTo("Metric( outcome == Metric.Outcome.FAIL ), found outcome PASS");
              assertThat(m.wouldWin()).isTrue();
            });
  }

  @Test
  void theTextHoldsAllOfIt() {
    assertThat(explain().text())
        .startsWith("hold: it is TUESDAY\n  rule 'never on Tuesdays' (test.drl:")
        .contains(
            "lost:\n  advance: from 20 to 30", "one condition short:", "asked: check check-0");
    assertThat(explain().line()).isEqualTo("hold: it is TUESDAY (rule 'never on Tuesdays')");
  }

  @Test
  void theJsonHoldsAllOfIt() {
    var tree = JsonMapper.builder().build().readTree(explain().json());

    assertThat(tree.get("verdict").asString()).isEqualTo("hold");
    assertThat(tree.get("facts").get(0).get("values").get("day").asString()).isEqualTo("TUESDAY");
    assertThat(tree.get("nearMisses").size()).isEqualTo(2);
  }

  @Test
  void aPolicyThatCouldNotDecideIsExplainedToo() {
    Policy silent =
        Samples.policy("rule \"a\" when Rollout( deleted ) then decide.idle( \"x\" ); end");
    Facts facts = Samples.analysing(0);
    Decision decision = silent.decide(facts, Samples.passing());

    Explanation e = Explainer.of(silent).explain(facts, Evidence.NONE, decision);

    assertThat(e.trouble()).contains("no rule");
    assertThat(e.nearMisses()).extracting(Explanation.NearMiss::rule).containsExactly("a");
  }

  private static Explanation explain() {
    Facts facts = Samples.analysing(1);
    Decision decision = POLICY.decide(facts, Samples.passing());
    return Explainer.of(POLICY).explain(facts, decision.evidence(), decision);
  }
}
