package io.serin.rollout;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generates canaries and what happens to them. */
class Histories extends DomainContextBase {

  @Provide
  Arbitrary<Setup> setups() {
    Arbitrary<List<String>> checks =
        Arbitraries.of(
            List.of(
                List.of(),
                List.of("request-success-rate"),
                List.of("request-success-rate", "request-duration")));
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Combinators.combine(ways(), flag, flag, checks, flag)
        .as(
            (way, affinity, hooks, names, revert) ->
                new Setup(way.get1(), way.get2(), affinity, hooks, names, revert));
  }

  /** Providers, each with the strategies that it is able to do. */
  private static Arbitrary<Tuple.Tuple2<String, String>> ways() {
    return Arbitraries.of("gatewayapi:v1", "istio", "nginx", "kubernetes")
        .flatMap(provider -> strategies(provider).map(strategy -> Tuple.of(provider, strategy)));
  }

  private static Arbitrary<String> strategies(String provider) {
    Arbitrary<String> plain =
        Arbitraries.oneOf(
            Arbitraries.of(Setup.PROGRESSIVE), Arbitraries.of(Setup.AB, Setup.BLUE_GREEN));
    return provider.equals("nginx")
        ? plain
        : Arbitraries.oneOf(plain, Arbitraries.of(Setup.MIRRORED));
  }

  @Provide
  Arbitrary<Action.Step> steps() {
    Arbitrary<Action> actions =
        Arbitraries.frequencyOf(
            Tuple.of(10, Arbitraries.just(Action.NOTHING)),
            Tuple.of(4, Arbitraries.just(Action.RELEASE)),
            Tuple.of(25, Arbitraries.of(Action.class)));
    Arbitrary<Action.Wake> wakes =
        Arbitraries.frequency(
            Tuple.of(1, Action.Wake.NOT_YET),
            Tuple.of(2, Action.Wake.AT_ONCE),
            Tuple.of(5, Action.Wake.WHEN_DUE));
    return Combinators.combine(actions, Arbitraries.integers().between(0, 6), wakes)
        .as(Action.Step::new);
  }
}
