package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Fleet;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Surroundings;
import io.serin.fact.Workload;
import io.serin.testing.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the cookbook compile beside the default policy and do what their text says. */
class CookbookTest {

  private static final Policy POLICY = Policy.of(withCookbook());

  @Test
  void thereAreTenRules() {
    assertThat(rules()).hasSize(10);
  }

  @Test
  void theFirstIsAConditionOfThreeLines() {
    String when = rules().getFirst().replaceAll("(?s).*when\n(.*)then.*", "$1");

    assertThat(when.lines()).hasSize(3);
  }

  static List<Arguments> states() {
    Facts base = Samples.analysing(0);
    return List.of(
        state(
            "errors together with latency or saturation",
            "halt",
            base,
            metric("error-rate", 0.7, Metric.Outcome.PASS),
            metric("cpu", 85, Metric.Outcome.PASS)),
        state("no step on Friday afternoon", "hold", at(base, DayOfWeek.FRIDAY, 15)),
        state(
            "a single payment error",
            "rollback",
            base,
            metric("payment-errors", 1, Metric.Outcome.FAIL)),
        state("half of all traffic", "hold", with(base, rollout("test", 50), base.revision())),
        state(
            "production wants half the latency",
            "halt",
            with(base, rollout("production", 20), base.revision()),
            metric("latency", 300, Metric.Outcome.PASS)),
        state(
            "two checks that fail together",
            "rollback",
            base,
            metric("a", 1, Metric.Outcome.FAIL),
            metric("b", 2, Metric.Outcome.FAIL)),
        state(
            "a rollout without checks does not start",
            "hold",
            with(base, idle(), new Revision("2", "1", "1", "1", false, false))),
        state("a canary of one pod", "hold", single(base)),
        state(
            "no promotion while half of the fleet fails",
            "hold",
            with(base, rollout("test", 60), base.revision())
                .in(
                    new Surroundings(
                        List.of(), new Fleet(0, 0, 4, 2), List.of(), null, List.of(), null, null))),
        state(
            "the promotion wants a success rate",
            "hold",
            with(base, rollout("test", 60), base.revision()),
            metric("request-success-rate", 99.2, Metric.Outcome.PASS)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void aRuleDoesWhatItsTextSays(String rule, String verb, Facts facts, List<Metric> metrics) {
    Evidence evidence = new Evidence(List.of(), metrics, null);

    Decision decision = POLICY.decide(measured(facts, metrics), answering(evidence));

    assertThat(decision.proposals())
        .filteredOn(p -> p.rule().startsWith(rule))
        .as("%s", decision)
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.verdict().verb()).isEqualTo(verb));
    assertThat(decision.verdict().verb()).isEqualTo(verb);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void withoutItsStateARuleIsSilent(String rule, String verb, Facts facts, List<Metric> metrics) {
    Decision decision = POLICY.decide(Samples.analysing(1), Samples.passing());

    assertThat(decision.proposals()).noneMatch(p -> p.rule().startsWith(rule));
    assertThat(decision.verdict().verb()).isEqualTo("advance");
  }

  private static PolicySource withCookbook() {
    List<DrlFile> files = new ArrayList<>(BundledPolicy.load().source().files());
    files.add(new DrlFile("cookbook.drl", String.join("\n", rules())));
    return new PolicySource(files);
  }

  private static List<String> rules() {
    try {
      String page = Files.readString(Path.of("docs/policy/cookbook.md"));
      return Pattern.compile("(?s)```drl\n(.*?)```")
          .matcher(page)
          .results()
          .map(m -> m.group(1))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Arguments state(String rule, String verb, Facts facts, Metric... metrics) {
    List<Metric> ordered = new ArrayList<>();
    for (Metric m : metrics) {
      ordered.add(
          new Metric(m.name(), ordered.size(), m.outcome(), m.value(), null, null, m.message()));
    }
    return Arguments.of(rule, verb, facts, ordered);
  }

  private static Metric metric(String name, double value, Metric.Outcome outcome) {
    return new Metric(name, 0, outcome, value, null, null, name + " is " + value);
  }

  private static Facts measured(Facts facts, List<Metric> metrics) {
    return new Facts(
        facts.rollout(),
        facts.revision(),
        facts.workloads(),
        facts.traffic(),
        facts.hooks(),
        metrics.stream().map(m -> new io.serin.fact.Check(m.name(), m.order(), true)).toList(),
        facts.interventions(),
        facts.problems(),
        facts.moment(),
        facts.surroundings());
  }

  private static EvidenceSource answering(Evidence evidence) {
    return asks ->
        new Evidence(
            List.of(),
            evidence.metrics().stream()
                .filter(
                    m ->
                        asks.stream()
                            .anyMatch(
                                a -> a instanceof Ask.Measure c && c.check().order() == m.order()))
                .toList(),
            null);
  }

  private static Facts with(Facts base, Rollout rollout, @Nullable Revision revision) {
    return new Facts(
        rollout,
        revision,
        base.workloads(),
        base.traffic(),
        base.hooks(),
        base.checks(),
        base.interventions(),
        base.problems(),
        base.moment());
  }

  private static Facts at(Facts base, DayOfWeek day, int hour) {
    return new Facts(
        base.rollout(),
        base.revision(),
        base.workloads(),
        base.traffic(),
        base.hooks(),
        base.checks(),
        base.interventions(),
        base.problems(),
        new Moment(1_700_000_000L, "UTC", day, hour, 0));
  }

  private static Facts single(Facts base) {
    Workload primary = base.workloads().getLast();
    Workload one =
        new Workload(Workload.Role.TARGET, "podinfo", "Deployment", true, true, false, "", 1, 1);
    return new Facts(
        base.rollout(),
        base.revision(),
        List.of(one, primary),
        base.traffic(),
        base.hooks(),
        base.checks(),
        base.interventions(),
        base.problems(),
        base.moment());
  }

  private static Rollout rollout(String namespace, int weight) {
    int most = weight > 50 ? 60 : 50;
    return Records.with(
        Samples.rollout(),
        Map.of(
            "namespace",
            namespace,
            "weight",
            weight,
            "maxWeight",
            most,
            "nextWeight",
            Math.min(most, weight + 10)));
  }

  private static Rollout idle() {
    return Records.with(
        Samples.rollout(), Map.of("phase", Phase.SUCCEEDED, "weight", 0, "nextWeight", 10));
  }
}
