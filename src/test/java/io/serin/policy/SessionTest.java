package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Facts;
import io.serin.fact.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions are used again; no decision knows of those before it. */
class SessionTest {

  private static final Facts FEW = Samples.analysing(1);
  private static final Facts MANY = Samples.analysing(3);

  @Test
  void aRuleThatOnlySaysWhatIsNotThereFiresInEveryDecision() {
    Policy policy =
        Samples.policy("rule \"none\" when not Problem() then decide.idle( \"x\" ); end");

    assertThat(List.of(decide(policy, FEW), decide(policy, FEW), decide(policy, FEW)))
        .allSatisfy(d -> assertThat(rules(d)).containsExactly("none"));
  }

  @Test
  void suchARuleIsBecauseOfNoFact() {
    Policy policy =
        Samples.policy("rule \"none\" when not Problem() then decide.idle( \"x\" ); end");

    assertThat(decide(policy, FEW).winner().because()).isEmpty();
  }

  @Test
  void aRuleWithAlternativesFiresInEveryDecision() {
    Policy policy =
        Samples.policy(
            "rule \"either\" when ( not Problem() or exists Gate() ) then decide.idle( \"x\" );"
                + " end");

    assertThat(List.of(decide(policy, FEW), decide(policy, FEW)))
        .allSatisfy(d -> assertThat(rules(d)).containsExactly("either"));
  }

  @Test
  void aNumberOverFactsCountsThoseOfItsOwnDecision() {
    Policy policy =
        Samples.policy(
            "rule \"count\" when accumulate( $c : Check(); $n : count( $c ); $n > 1 )"
                + " then decide.idle( \"x\" ); end");

    assertThat(rules(decide(policy, MANY))).containsExactly("count");
    assertThat(decide(policy, FEW).trouble()).contains("no rule");
    assertThat(rules(decide(policy, MANY))).containsExactly("count");
  }

  @Test
  void aFactThatIsEqualInTheNextDecisionIsSeenThereToo() {
    Policy policy = Samples.policy("rule \"check\" when Check() then decide.idle( \"x\" ); end");

    assertThat(List.of(decide(policy, FEW), decide(policy, FEW)))
        .allSatisfy(d -> assertThat(rules(d)).containsExactly("check"));
  }

  @Test
  void anObjectThatOnlyMovedAmongTheFactsIsStillSeen() {
    // Behind more checks or fewer, since a rule looks at those, too.
    Policy policy =
        Samples.policy(
            "rule \"check\" when Check() then decide.idle( \"x\" ); end"
                + " rule \"problem\" when Rollout() Problem() then decide.hold( \"x\" ); end");
    List<Problem> problems = List.of(new Problem(Problem.Kind.CONFLICT, "x"));

    decide(policy, FEW.with(problems));

    assertThat(rules(decide(policy, MANY.with(problems)))).contains("problem");
    assertThat(rules(decide(policy, FEW.with(problems)))).contains("problem");
  }

  @Test
  void aDecisionThatFailsLeavesNothingToTheNext() {
    Policy policy = BundledPolicy.load();
    Decision first = decide(policy, MANY);

    Decision failed =
        policy.decide(
            MANY,
            asks -> {
              throw new IllegalStateException("nobody answers");
            });

    assertThat(failed.trouble()).contains("nobody answers");
    assertThat(decide(policy, MANY)).isEqualTo(first);
  }

  @Test
  void aDecisionWithinADecisionHasASessionOfItsOwn() {
    Policy policy = BundledPolicy.load();
    Decision alone = decide(policy, MANY);

    Decision outer =
        policy.decide(
            MANY,
            asks -> {
              assertThat(decide(policy, FEW).trouble()).isNull();
              return Samples.passing().gather(asks);
            });

    assertThat(outer).isEqualTo(alone);
  }

  @Test
  void manyDecisionsAtOnceDoNotLeaveAsManySessionsBehind() {
    Policy policy = BundledPolicy.load();
    Decision alone = decide(policy, MANY);

    Decision outermost = decideWithin(policy, 2 * Engine.MOST_IDLE);

    assertThat(outermost).isEqualTo(alone);
    assertThat(policy.sessions()).isEqualTo(Engine.MOST_IDLE);
    assertThat(decide(policy, MANY)).isEqualTo(alone);
  }

  private static Decision decideWithin(Policy policy, int more) {
    return policy.decide(
        MANY,
        asks -> {
          if (more > 0) {
            decideWithin(policy, more - 1);
          }
          return Samples.passing().gather(asks);
        });
  }

  @Test
  void withoutTraceThePolicyDecidesTheSameAndNamesNoFacts() {
    Policy policy = BundledPolicy.load();
    Decision traced = decide(policy, MANY);

    Decision untraced = decide(policy.untraced(), MANY);

    assertThat(untraced.verdict()).isEqualTo(traced.verdict());
    assertThat(rules(untraced)).isEqualTo(rules(traced));
    assertThat(traced.winner().because()).isNotEmpty();
    assertThat(untraced.proposals()).allSatisfy(p -> assertThat(p.because()).isEmpty());
  }

  @Test
  void decisionsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    RandomFacts random = new RandomFacts(new Random(7));
    List<Facts> states = Stream.generate(random::facts).limit(200).toList();
    List<Decision> alone = decide(BundledPolicy.load(), states);

    for (int i = 0; i < 5; i++) {
      Policy policy = BundledPolicy.load();
      try (var threads = Executors.newFixedThreadPool(8)) {
        Callable<List<Decision>> all = () -> decide(policy, states);
        for (var decided : threads.invokeAll(Collections.nCopies(8, all))) {
          assertThat(decided.get()).isEqualTo(alone);
        }
      }
    }
  }

  private static List<Decision> decide(Policy policy, List<Facts> states) {
    return states.stream().map(facts -> decide(policy, facts)).toList();
  }

  private static Decision decide(Policy policy, Facts facts) {
    return policy.decide(facts, Samples.passing());
  }

  private static List<String> rules(Decision decision) {
    return decision.proposals().stream().map(Proposal::rule).toList();
  }
}
