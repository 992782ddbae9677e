package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {

  @ParameterizedTest(name = "{0} goes {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepWeight: 20, maxWeight: 50   | 20 40 50
          stepWeight: 30, maxWeight: 50   | 30 50
          stepWeight: 50, maxWeight: 100  | 50 100
          stepWeight: 10, maxWeight: 30   | 10 20 30
          stepWeight: 100                 | 100
          stepWeight: 60                  | 60 100
          stepWeight: 2147483647          | 100
          stepWeights: [1, 2, 10, 80]     | 1 2 10 80
          stepWeights: [1, 2, 10, 200]    | 1 2 10 100
          stepWeights: [10, 20, 30], maxWeight: 15 | 10 20 30
          """)
  void aRunGoesThroughItsSteps(String steps, String expected) {
    Analysis analysis = analysis(steps);

    assertThat(run(analysis)).containsExactlyElementsOf(weights(expected));
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "5, 10", "10, 40", "15, 40", "39, 40", "40, 80", "55, 80", "79, 80"})
  void w19_aWeightThatIsNotInTheListContinuesWithTheNextGreaterStep(int weight, int expected) {
    Analysis edited = analysis("stepWeights: [10, 40, 80]");

    assertThat(edited.nextWeight(weight)).isEqualTo(expected);
  }

  @Test
  void withoutAStepTheWeightStays() {
    assertThat(analysis("stepWeight: 0").nextWeight(0)).isZero();
    assertThat(analysis("stepWeight: -10").nextWeight(30)).isEqualTo(30);
  }

  @Property
  void everyStepRisesAndNoneExceedsTheMaximum(
      @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 120) Integer> steps,
      @ForAll @IntRange(min = 1, max = 120) int step,
      @ForAll @IntRange(max = 120) int max) {
    Analysis analysis =
        steps.isEmpty()
            ? analysis("stepWeight: %d, maxWeight: %d".formatted(step, max))
            : analysis("stepWeights: " + steps.stream().sorted().distinct().toList());

    List<Integer> run = run(analysis);

    assertThat(run).isSorted().doesNotHaveDuplicates().last().isEqualTo(analysis.maxWeight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          maxWeight: 60                    | 60
          maxWeight: 0                     | 100
          maxWeight: -5                    | 100
          maxWeight: 150                   | 100
          stepWeights: [5, 70]             | 70
          stepWeights: [5, 200]            | 100
          stepWeights: [5], maxWeight: 90  | 5
          stepWeight: 10                   | 100
          """)
  void theMaximumIsTheLastStepOrTheGivenOne(String fields, int expected) {
    assertThat(analysis(fields).maxWeight()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 60",
    "interval: 30s, 30",
    "interval: 5s, 10",
    "interval: 1h, 3600",
    "interval: soon, 60"
  })
  void theIntervalIsSixtySecondsUnlessGivenAndTenAtLeast(String fields, int seconds) {
    assertThat(analysis(fields).interval()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "threshold: 0, 1", "threshold: -3, 1", "threshold: 7, 7"})
  void oneFailedCheckIsTheSmallestThreshold(String fields, int expected) {
    assertThat(analysis(fields).threshold()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepWeight: 10                                                    | PROGRESSIVE
          stepWeight: 10, match: [{headers: {a: {exact: b}}}]               | PROGRESSIVE
          iterations: 3                                                     | BLUE_GREEN
          iterations: 3, match: [{headers: {a: {exact: b}}}]                | AB_TESTING
          iterations: -1                                                    | PROGRESSIVE
          """)
  void theStrategyFollowsFromIterationsAndMatch(String fields, Strategy expected) {
    assertThat(analysis(fields).strategy()).isEqualTo(expected);
  }

  @Test
  void readyThresholdsHonourZeroAndDefaultToAHundred() {
    Analysis analysis = analysis("canaryReadyThreshold: 0");

    assertThat(analysis.canaryReadyThreshold()).isZero();
    assertThat(analysis.primaryReadyThreshold()).isEqualTo(100);
  }

  @Test
  void w22_everyKindOfMetricHasAWindowOfOneMinuteUnlessGiven() {
    Analysis analysis =
        analysis(
            "metrics: [{name: request-duration}, {name: a, query: up}, {name: b, templateRef:"
                + " {name: b}}, {name: c, query: up, interval: 5m}]");

    assertThat(analysis.metrics())
        .extracting(MetricCheck::interval)
        .containsExactly("1m", "1m", "1m", "5m");
    assertThat(analysis.metrics().getLast().window()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void w10_anAlertWithoutSeverityWantsEverything() {
    AlertRef alert = analysis("alerts: [{name: a, providerRef: {name: b}}]").alerts().getFirst();

    assertThat(alert.severity()).isEqualTo(AlertSeverity.INFO);
    assertThat(alert.severity().wants(AlertSeverity.INFO)).isTrue();
    assertThat(AlertSeverity.ERROR.wants(AlertSeverity.WARN)).isFalse();
  }

  @Test
  void anEmptyWebhookTypeMeansRollout() {
    Analysis analysis = analysis("webhooks: [{name: a, url: b}, {name: c, url: d, type: ''}]");

    assertThat(analysis.webhooks(WebhookType.ROLLOUT)).hasSize(2);
    assertThat(analysis.webhooks().getFirst().timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aCookieLivesADayUnlessGiven() {
    assertThat(analysis("sessionAffinity: {cookieName: a}").sessionAffinity())
        .isEqualTo(analysis("sessionAffinity: {cookieName: a, maxAge: 0}").sessionAffinity())
        .extracting(SessionAffinity::maxAge)
        .isEqualTo(86_400);
  }

  private static Analysis analysis(String fields) {
    return Canary.of(Yaml.object(Yaml.CANARY + "  analysis: {" + fields + "}")).analysis();
  }

  private static List<Integer> run(Analysis analysis) {
    List<Integer> weights = new ArrayList<>();
    int weight = 0;
    while (weight < analysis.maxWeight() && weights.size() <= 100) {
      weight = analysis.nextWeight(weight);
      weights.add(weight);
    }
    return weights;
  }

  private static List<Integer> weights(String text) {
    return List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
  }
}
