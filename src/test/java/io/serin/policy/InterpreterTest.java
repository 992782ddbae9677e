package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import io.serin.fact.Setting;
import io.serin.fact.Surroundings;
import io.serin.policy.profile.Profile;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The evaluator behind coverage, explanations and checks sees what the engine sees. */
class InterpreterTest {

  private static final String RICH =
      """
      rule "counts" when
        accumulate( Metric( outcome == Outcome.FAIL, $o : order ); $c : count( $o ), $m : max( $o ); $c > 1, $m < 3 )
      then decide.hold( "x" + $c ); end
      rule "sums" when
        accumulate( Metric( $o : order, value != null ); $s : sum( $o ), $a : average( $o ); $a >= 0.5 )
      then decide.freeze( "many" ); end
      rule "nulls" when
        $x : Metric( value != null, value > max || value < 3, max == null || min != null )
      then decide.halt( $x.name() + $x.value() + $x.range() ); end
      rule "texts" when
        Traffic( provider.startsWith( "ist" ) ) Metric( name.endsWith( "1" ) || name.contains( "2" ) )
      then decide.idle( "x" ); end
      rule "joins" when
        $r : Rollout( $w : weight, weight + 10 <= maxWeight * 2, secondsUntilDue - 1 < 3 )
        Traffic( canary == $w ) exists ( Gate( $g : name, open ) and Metric( name != $g ) )
        not ( Metric( $a : order, outcome == Outcome.FAIL ) and Metric( order > $a ) )
      then decide.advance( $w + 1, "to " + ( $w + 1 ) + " of " + $r.maxWeight() ); end
      rule "days" when
        Moment( day != DayOfWeek.SUNDAY, epochSecond > 1000000, hour >= 9 && hour < 17 )
        ( Rollout( due ) or not Metric() or exists Gate( !open ) )
      then decide.idle( "day" ); end
      """;

  private final RandomFacts random = new RandomFacts(new Random(42));

  /** Numbers of different types, mixed signs, and sums and products beyond a Java int. */
  private static final String NUMBERS =
      """
      rule "fractions of whole numbers" when
        Rollout( weight > 20.5, weight < 30.5 )
      then decide.idle( "x" ); end
      rule "whole numbers that look like fractions" when
        Rollout( weight == 30.0 || weight * 0.5 == 10 )
      then decide.idle( "x" ); end
      rule "fractions that look like whole numbers" when
        $m : Metric( value == 95 || value == max )
      then decide.idle( "x" + $m.value() ); end
      rule "negative numbers" when
        Rollout( weight - 30 < -5, weight - 100 >= -80.5 )
      then decide.idle( "x" ); end
      rule "beyond an int" when
        Moment( epochSecond < 4000000000 ) not Metric( value > 4000000000 ) Rollout( weight * 2147483647 > 100 )
      then decide.idle( "x" ); end
      rule "sums beyond an int" when
        $r : Rollout( weight + 2147483647 > 0 )
      then decide.idle( "x" + ( $r.weight() + 2147483647 ) + ( $r.weight() * 2147483647 ) ); end
      rule "counts" when
        accumulate( Metric( $o : order ); $c : count( $o ), $a : average( $o ); $c * 2 > 1, $a > 0.4, $c == 2.0 || $a == 1 )
      then decide.idle( "x" + $c + $a ); end
      """;

  @Test
  void itProposesAndAsksAsTheEngineDoesOnTheDefaultPolicy() {
    agree(BundledPolicy.load(), 2_000, _ -> random.facts());
  }

  @Test
  void itProposesAndAsksAsTheEngineDoesOnEveryConstructOfTheProfile() {
    agree(Samples.policy(RICH), 2_000, _ -> random.facts());
  }

  @Test
  void itReckonsAsTheEngineDoes() {
    agree(Samples.policy(NUMBERS), 2_000, _ -> random.facts());
  }

  @Test
  void itAgreesOnTicksThatHaveMostFactsInCommonWithTheOneBefore() {
    agree(BundledPolicy.load(), 4_000, random::after);
    agree(Samples.policy(RICH), 4_000, random::after);
  }

  private static final String NO_NUMBERS =
      """
      rule "settings" when
        Setting( number >= 3 || number <= 3 || number + 1 > 3 || number >= number )
      then decide.idle( "x" ); end
      rule "values" when
        Metric( value >= 3 || value <= 3 || value >= 2.5 || value >= min || max >= order )
      then decide.idle( "x" ); end
      rule "the rest" when
        not Setting( number == 3 ) Metric( value != 3 )
      then decide.idle( "x" ); end
      rule "measuring" when
        $c : Check( pending )
      then decide.measure( $c ); end
      """;

  /** The engine finds NaN larger than all numbers where a fact's number may be absent. */
  @Test
  void nothingIsMoreOrLessThanWhatIsNoNumber() {
    Facts facts =
        Samples.analysing(1)
            .in(Surroundings.NONE.with(List.of(new Setting("x", Double.NaN, "eu"))));
    Metric metric =
        new Metric(
            "check-0", 0, Metric.Outcome.FAIL, Double.NaN, Double.NaN, Double.NaN, "no number");

    Decision decision =
        Samples.policy(NO_NUMBERS)
            .decide(facts, _ -> new Evidence(List.of(), List.of(metric), null));

    assertThat(decision.proposals()).extracting(Proposal::rule).containsExactly("the rest");
  }

  private void agree(Policy policy, int states, UnaryOperator<Facts> course) {
    Interpreter interpreter = new Interpreter(Profile.read(policy.source()).rules());
    Facts facts = random.facts();
    for (int i = 0; i < states; i++) {
      facts = course.apply(facts);

      Decision decision = policy.decide(facts, asks -> answer(asks, random));

      List<String> expected =
          interpreter.propose(Memory.proposing(decision.facts(), decision.evidence())).stream()
              .map(InterpreterTest::words)
              .toList();
      List<String> real =
          decision.trouble() != null
              ? List.of()
              : decision.proposals().stream().map(InterpreterTest::words).toList();
      assertThat(real)
          .as("%s %s", facts, decision.evidence())
          .containsExactlyInAnyOrderElementsOf(expected);
      Set<Ask> left =
          interpreter.ask(Memory.asking(decision.facts(), decision.evidence())).stream()
              .map(Asked::ask)
              .collect(Collectors.toSet());
      assertThat(decision.asked().stream().map(Asked::ask).collect(Collectors.toSet()))
          .containsAll(left);
    }
  }

  private static String words(Proposal p) {
    return p.rule() + ": " + p.verdict();
  }

  private static Evidence answer(List<Ask> asks, RandomFacts random) {
    List<Gate> gates =
        asks.stream()
            .filter(Ask.Call.class::isInstance)
            .map(a -> random.gate(((Ask.Call) a).hook()))
            .toList();
    List<Metric> metrics =
        asks.stream()
            .filter(Ask.Measure.class::isInstance)
            .map(a -> random.metric(((Ask.Measure) a).check()))
            .toList();
    boolean probe = asks.stream().anyMatch(Ask.ProbeProviders.class::isInstance);
    return new Evidence(gates, metrics, probe ? new Probe(true, "") : null);
  }
}
