package io.serin.rollout;

import static io.serin.rollout.Analyses.BLUE_GREEN;
import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the API server; everything else comes from caches. */
class RequestCountTest {

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void anIdleTickCostsNothing(String provider) {
    // given
    Scenario run = Scenario.of(provider, analysis(provider)).progressing().intervals(8);
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    run.tick().forgetTold();
    // when
    run.intervals(5);
    // then
    assertThat(run.cluster.requests()).isEmpty();
    assertThat(Objects.requireNonNull(run.crashTick()).next()).as("timer").isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void anAdvancingTickWritesStatusRouteAndEvent(String provider) {
    // given
    Scenario run = Scenario.of(provider, STEPS).progressing().interval();
    run.forgetTold();
    // when
    run.interval();
    // then
    assertThat(run).hasWeight(20);
    String route =
        switch (provider) {
          case "istio" -> "VirtualService podinfo";
          case "nginx" -> "Ingress podinfo-canary";
          default -> "HTTPRoute podinfo";
        };
    assertThat(run.cluster.requests())
        .containsExactly(
            "status podinfo", "update " + route, "event Advance podinfo.test canary weight 20");
  }

  @Test
  void anIterationWritesStatusAndEvent() {
    Scenario run = new Scenario("kubernetes", BLUE_GREEN).progressing().interval();
    run.forgetTold();

    run.interval();

    assertThat(run.cluster.requests())
        .containsExactly("status podinfo", "event Advance podinfo.test canary iteration 2/3");
  }

  @Test
  void aFailedCheckWritesStatusAndEvent() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.forgetTold();
    // when
    run.interval();
    // then
    assertThat(run.cluster.requests())
        .containsExactly(
            "status podinfo", "event Halt podinfo.test advancement request-success-rate is FAIL");
  }

  @Test
  void aTickThatWaitsWritesNothing() {
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.forgetTold();

    run.tick().tick();

    assertThat(run.cluster.requests()).isEmpty();
  }

  @Test
  void onlyTheCopyOfAConfigMapIsRead() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised().config("colors", "green").tick();
    run.forgetTold();
    // when
    run.intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    assertThat(run.cluster.requests().stream().filter(r -> r.startsWith("read ")))
        .containsExactly("read ConfigMap colors", "read ConfigMap colors-primary");
  }

  private static String analysis(String provider) {
    return provider.equals("kubernetes") ? BLUE_GREEN : STEPS;
  }
}
