package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Guard rail 7: a restart neither speeds up nor slows down nor repeats a step. */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class RestartPropertyTest {

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theSameHistoryWithRestartsTakesTheSameSteps(
      @ForAll Setup setup,
      @ForAll("doings") List<Action.Step> history,
      @ForAll @Size(40) List<Boolean> restarts) {
    Life plain = new Life(setup);
    Life restarted = new Life(setup);
    for (int i = 0; i < history.size() && !plain.scenario.gone(); i++) {
      plain.live(List.of(history.get(i)));
      if (restarts.get(i)) {
        restarted.scenario.restart();
      }
      restarted.live(List.of(history.get(i)));

      assertThat(course(restarted)).isEqualTo(course(plain));
    }
  }

  /** What was decided in each tick, without what is told. */
  private static List<String> course(Life life) {
    return life.scenario.records.stream()
        .map(
            r ->
                "%s -> %s %d %d %d"
                    .formatted(
                        r.verdict().verb(),
                        r.after().phase(),
                        r.after().weight(),
                        r.after().iterations(),
                        r.after().failedChecks()))
        .toList();
  }

  /** Histories in which every tick is due, so that the process has nothing to remember. */
  @Provide
  Arbitrary<List<Action.Step>> doings() {
    Arbitrary<Action> actions =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Action.NOTHING)),
            Tuple.of(2, Arbitraries.just(Action.RELEASE)),
            Tuple.of(5, Arbitraries.of(Action.class).filter(a -> a != Action.CRASH)));
    return actions
        .flatMap(
            action ->
                Arbitraries.integers()
                    .between(0, 6)
                    .map(number -> new Action.Step(action, number, Action.Wake.WHEN_DUE)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }
}
