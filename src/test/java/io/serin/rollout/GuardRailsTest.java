package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.CanaryStatus;
import io.serin.api.CanaryStatusBuilder;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In which phases a verdict is carried out, while everything else speaks for it, and what an early
 * promotion wants beside its phase.
 */
class GuardRailsTest {

  private static final Set<Phase> ALL = EnumSet.allOf(Phase.class);
  private static final Set<Phase> ANALYSING = Set.of(Phase.PROGRESSING, Phase.WAITING_PROMOTION);
  private static final Set<Phase> NEVER = Set.of();
  private static final Set<Phase> STARTABLE =
      Set.of(Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED, Phase.WAITING);

  private static final List<String> CHECKS = List.of(Analyses.CHECK, "request-duration");
  private static final List<String> OPEN =
      List.of("rollout", "confirm-traffic-increase", "confirm-promotion");

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
          Map.entry(new Verdict.PromoteEarly(""), NEVER),
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

  @Test
  void anEarlyPromotionIsCarriedOutOnCompleteEvidenceAndLeavesTheWeight() {
    Transition.Outcome outcome =
        apply(atTheFirstStep(), new Verdict.PromoteEarly("strong"), complete());

    assertThat(outcome.refused()).isNull();
    assertThat(outcome.status().phase()).isEqualTo(Phase.PROMOTING);
    assertThat(outcome.status().canaryWeight()).isEqualTo(10);
  }

  @Test
  void thePlainWordForItStaysStrict() {
    assertThat(apply(atTheFirstStep(), new Verdict.Promote("strong"), complete()).refused())
        .isEqualTo("the analysis is not complete");
  }

  static Stream<Arguments> refusedEarly() {
    return Stream.of(
        early(with(s -> s.canaryWeight(0)), complete(), "no step of live traffic was taken yet"),
        early(
            with(s -> s.canaryWeight(0).iterations(1)).analysis("mirror: true"),
            complete(),
            "no step of live traffic was taken yet"),
        early(
            new Scenario("istio", Analyses.AB).progressing().interval(),
            complete(),
            "only a progressive run is promoted early, this one is ab-testing"),
        early(
            new Scenario("istio", Analyses.BLUE_GREEN).progressing().interval(),
            complete(),
            "only a progressive run is promoted early, this one is blue-green"),
        early(
            atTheFirstStep().release("6.0.2"),
            complete(),
            "the target's revision is not the analysed one"),
        early(
            atTheFirstStep().unready("podinfo"), complete(), "the canary is not ready for traffic"),
        early(
            atTheFirstStep().analysis("metrics: []"),
            complete(),
            "no check is declared that could speak for an early promotion"),
        early(
            atTheFirstStep(),
            evidence(OPEN, Metric.Outcome.PASS),
            "check request-duration was not measured"),
        early(
            atTheFirstStep(),
            evidence(OPEN, Metric.Outcome.PASS, Metric.Outcome.FAIL),
            "check request-duration does not pass: it is FAIL"),
        early(
            atTheFirstStep(),
            evidence(OPEN, Metric.Outcome.NO_DATA, Metric.Outcome.PASS),
            "check request-success-rate does not pass: it is NO_DATA"),
        early(atTheFirstStep(), without("rollout"), "gate rollout is not open"),
        early(atTheFirstStep(), closed("rollout"), "gate rollout is not open"),
        early(
            atTheFirstStep(),
            without("confirm-traffic-increase"),
            "gate confirm-traffic-increase is not open"),
        early(
            atTheFirstStep(),
            closed("confirm-traffic-increase"),
            "gate confirm-traffic-increase is not open"),
        early(atTheFirstStep(), without("confirm-promotion"), "gate confirm-promotion is not open"),
        early(atTheFirstStep(), closed("confirm-promotion"), "gate confirm-promotion is not open"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("refusedEarly")
  void anEarlyPromotionIsRefused(Scenario scenario, Evidence evidence, String reason) {
    Transition.Outcome outcome = apply(scenario, new Verdict.PromoteEarly("strong"), evidence);

    assertThat(outcome.refused()).isEqualTo(reason);
    assertThat(outcome.verdict()).isEqualTo(new Verdict.Hold(reason));
    assertThat(outcome.status()).isEqualTo(scenario.status());
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "PROGRESSING")
  void anEarlyPromotionIsOneOfTheAnalysis(Phase phase) {
    assertThat(
            apply(with(s -> s.phase(phase)), new Verdict.PromoteEarly("strong"), complete())
                .refused())
        .isEqualTo("it is not possible in phase '" + phase.wireName() + "'");
  }

  private static Arguments early(Scenario scenario, Evidence evidence, String reason) {
    return Arguments.of(scenario, evidence, reason);
  }

  /** Two checks and three gates are declared; the first live step was taken. */
  private static Scenario atTheFirstStep() {
    String checks =
        Analyses.STEPS.replace("}]", "}, {name: request-duration, thresholdRange: {max: 500}}]");
    return new Scenario("istio", Analyses.hooked(checks, OPEN.toArray(String[]::new)))
        .progressing()
        .interval();
  }

  private static Scenario with(UnaryOperator<CanaryStatusBuilder> change) {
    Scenario scenario = atTheFirstStep();
    CanaryStatus status = change.apply(scenario.status().change()).build();
    return scenario.edit(tree -> tree.set("status", status.toTree()));
  }

  private static Evidence complete() {
    return evidence(OPEN, Metric.Outcome.PASS, Metric.Outcome.PASS);
  }

  private static Evidence without(String gate) {
    List<String> others = OPEN.stream().filter(g -> !g.equals(gate)).toList();
    return evidence(others, Metric.Outcome.PASS, Metric.Outcome.PASS);
  }

  private static Evidence closed(String gate) {
    Evidence others = without(gate);
    Gate no = gate(gate, false);
    return others.and(new Evidence(List.of(no), List.of(), null));
  }

  /** What the open gates and, in their order, the checks say. */
  private static Evidence evidence(List<String> open, Metric.Outcome... outcomes) {
    List<Metric> metrics = new ArrayList<>();
    for (Metric.Outcome outcome : outcomes) {
      String name = CHECKS.get(metrics.size());
      metrics.add(new Metric(name, metrics.size(), outcome, 1.0, null, null, "it is " + outcome));
    }
    return new Evidence(open.stream().map(name -> gate(name, true)).toList(), metrics, null);
  }

  private static Gate gate(String name, boolean open) {
    WebhookType type = WebhookType.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    return new Gate(name, type, OPEN.indexOf(name), open, false, "");
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
    return apply(scenario, verdict, Evidence.NONE);
  }

  private static Transition.Outcome apply(Scenario scenario, Verdict verdict, Evidence evidence) {
    Instant now = scenario.instant();
    Observation seen = scenario.observe();
    Context context =
        new Context(
            seen.canary(),
            seen.plan(),
            seen.facts(),
            evidence,
            seen.configs().checksums(),
            false,
            now);
    return new Transition(() -> "letters").apply(context, verdict);
  }

  private static Gate gate(WebhookType type) {
    return new Gate("gate", type, 0, false, false, "no");
  }
}
