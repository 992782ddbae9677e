package io.serin.rollout;

import static io.serin.rollout.Analyses.AB;
import static io.serin.rollout.Analyses.BLUE_GREEN;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many intervals a clean run takes after the tick that detects the revision. */
class TickCountsTest {

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "gatewayapi:v1,      progressive, 6",
    "gatewayapi:v1beta1, progressive, 6",
    "istio,              progressive, 6",
    "nginx,              progressive, 6",
    "gatewayapi:v1,      ab,          6",
    "gatewayapi:v1beta1, ab,          6",
    "istio,              ab,          6",
    "nginx,              ab,          6",
    "gatewayapi:v1,      blue-green,  7",
    "gatewayapi:v1beta1, blue-green,  7",
    "istio,              blue-green,  7",
    "nginx,              blue-green,  7",
    "kubernetes,         blue-green,  7",
  })
  void asManyAsFlagger(String provider, String strategy, int ticks) {
    Scenario run = Scenario.of(provider, analysis(strategy)).progressing();

    assertThat(intervalsToTheEnd(run)).isEqualTo(ticks);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"gatewayapi:v1", "istio", "nginx", "kubernetes"})
  void oneWhenTheAnalysisIsSkipped(String provider) {
    Scenario run = Scenario.of(provider, BLUE_GREEN, "skipAnalysis: true").progressing();

    assertThat(intervalsToTheEnd(run)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"gatewayapi:v1", "istio"})
  void oneMoreForTheMirrorStep(String provider) {
    Scenario run = new Scenario(provider, STEPS + "mirror: true").progressing();

    assertThat(intervalsToTheEnd(run)).isEqualTo(7);
  }

  @Test
  void aWakeBeforeItsTimeIsNoStep() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    // when
    for (int i = 0; i < 11; i++) {
      run.after(java.time.Duration.ofSeconds(5));
    }
    // then
    assertThat(run).hasWeight(10);
  }

  @Test
  void aReadyPrimaryEndsThePromotionBeforeTheInterval() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(4);
    // when the Deployment controller reports that the primary is ready
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.FINALISING);
  }

  private static String analysis(String strategy) {
    return switch (strategy) {
      case "ab" -> AB;
      case "blue-green" -> BLUE_GREEN;
      default -> STEPS;
    };
  }

  private static int intervalsToTheEnd(Scenario run) {
    int ticks = 0;
    while (run.phase() != Phase.SUCCEEDED && ticks < 20) {
      run.interval();
      ticks++;
    }
    return ticks;
  }
}
