package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.CanaryStatus;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Gate;
import io.serin.fact.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In which phases a verdict is carried out, while everything else speaks for it. */
class GuardRailsTest {

  private static final Set<Phase> ALL = EnumSet.allOf(Phase.class);
  private static final Set<Phase> ANALYSING = Set.of(Phase.PROGRESSING, Phase.WAITING_PROMOTION);
  private static final Set<Phase> NEVER = Set.of();
  private static final Set<Phase> STARTABLE =
      Set.of(Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED, Phase.WAITING);

  /** A run before its first step: the target is new, and ready; the primary is not. */
  private static final Map<Verdict, Set<Phase>> UNDER_WAY =
      Map.ofEntries(
          Map.entry(new Verdict.Suspend(""), ALL),
          Map.entry(new Verdict.Freeze(""), ALL),
          Map.entry(new Verdict.Hold(""), ALL),
          Map.entry(new Verdict.Idle(""), ALL),
          Map.entry(new Verdict.Halt(""), ALL),
          Map.entry(new Verdict.Rollback(""), ALL),
          Map.entry(new Verdict.Terminate(""), NEVER),
          Map.entry(new Verdict.Release(""), NEVER),
          Map.entry(new Verdict.Await(gate(WebhookType.CONFIRM_ROLLOUT), ""), STARTABLE),
          Map.entry(new Verdict.Await(gate(WebhookType.CONFIRM_PROMOTION), ""), ANALYSING),
          Map.entry(new Verdict.Await(gate(WebhookType.CONFIRM_TRAFFIC_INCREASE), ""), ALL),
          Map.entry(new Verdict.Accept(""), NEVER),
          Map.entry(new Verdict.Initialise(""), NEVER),
          Map.entry(new Verdict.Abandon(""), Set.of(Phase.INITIALIZING)),
          Map.entry(new Verdict.Rebaseline(""), NEVER),
          Map.entry(new Verdict.Start(""), STARTABLE),
          Map.entry(
              new Verdict.Restart(""),
              Set.of(Phase.PROGRESSING, Phase.WAITING_PROMOTION, Phase.PROMOTING)),
          Map.entry(
              new Verdict.Cancel(""),
              Set.of(Phase.WAITING, Phase.PROGRESSING, Phase.WAITING_PROMOTION, Phase.PROMOTING)),
          Map.entry(new Verdict.Mirror(""), NEVER),
          Map.entry(new Verdict.Iterate(1, ""), NEVER),
          Map.entry(new Verdict.Advance(20, ""), Set.of(Phase.PROGRESSING)),
          Map.entry(new Verdict.Advance(40, ""), NEVER),
          Map.entry(new Verdict.Promote(""), NEVER),
          Map.entry(new Verdict.PromoteUnanalysed(""), NEVER),
          Map.entry(new Verdict.Strand(""), Set.of(Phase.PROMOTING, Phase.FINALISING)),
          Map.entry(new Verdict.Shift(0, ""), NEVER),
          Map.entry(new Verdict.Finalise(""), NEVER),
          Map.entry(new Verdict.Succeed(""), Set.of(Phase.FINALISING)),
          Map.entry(new Verdict.Settle(""), Set.of(Phase.FAILED)));

  /** The primary carries what the target wants, and the target is at zero. */
  private static final Map<Verdict, Set<Phase>> AT_REST =
      Map.of(
          new Verdict.Initialise(""), Set.of(Phase.INITIALIZING),
          new Verdict.Restart(""), ANALYSING,
          new Verdict.Cancel(""), Set.of(Phase.WAITING),
          new Verdict.Advance(20, ""), NEVER,
          new Verdict.Strand(""), NEVER,
          new Verdict.Finalise(""), Set.of(Phase.PROMOTING),
          new Verdict.Succeed(""), Set.of(Phase.FINALISING));

  static Stream<Arguments> standings() {
    return ALL.stream()
        .flatMap(p -> Stream.of(Arguments.of("under way", p), Arguments.of("at rest", p)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("standings")
  void aVerdictIsCarriedOutInItsPhasesOnly(String standing, Phase phase) {
    Scenario scenario = standing(standing, phase);
    var table = standing.equals("at rest") ? AT_REST : UNDER_WAY;

    table.forEach((verdict, phases) -> check(scenario, verdict, phases.contains(phase)));
  }

  private static void check(Scenario scenario, Verdict verdict, boolean allowed) {
    Transition.Outcome outcome = apply(scenario, verdict);

    assertThat(outcome.refused() == null)
        .as("%s is allowed; it was refused because %s", verdict, outcome.refused())
        .isEqualTo(allowed);
    if (!allowed) {
      assertThat(outcome.verdict()).isInstanceOf(Verdict.Hold.class);
      assertThat(outcome.status()).isEqualTo(scenario.status());
    }
  }

  @Test
  void everyVerdictIsInTheTable() {
    assertThat(UNDER_WAY.keySet().stream().map(v -> (Object) v.getClass()))
        .containsAll(concrete(Verdict.class));
  }

  private static List<Class<?>> concrete(Class<?> type) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      if (each.isSealed()) {
        found.addAll(concrete(each));
      } else {
        found.add(each);
      }
    }
    return found;
  }

  /** A canary without hooks and checks, put into a phase. */
  private static Scenario standing(String standing, Phase phase) {
    Scenario scenario = new Scenario("istio", "stepWeight: 20\nmaxWeight: 60");
    if (standing.equals("at rest")) {
      scenario.initialised();
    } else {
      scenario.progressing();
    }
    CanaryStatus status = scenario.status().change().phase(phase).build();
    scenario.edit(tree -> tree.set("status", status.toTree()));
    return scenario;
  }

  private static Transition.Outcome apply(Scenario scenario, Verdict verdict) {
    Instant now = scenario.instant();
    Observation seen = scenario.observe();
    Context context =
        new Context(
            seen.canary(),
            seen.plan(),
            seen.facts(),
            Evidence.NONE,
            seen.configs().checksums(),
            false,
            now);
    return new Transition(() -> "letters").apply(context, verdict);
  }

  private static Gate gate(WebhookType type) {
    return new Gate("gate", type, 0, false, false, "no");
  }
}
