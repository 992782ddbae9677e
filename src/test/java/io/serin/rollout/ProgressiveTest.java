package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** How traffic moves to the canary step by step. */
class ProgressiveTest {

  /** The last column is what Flagger does where that differs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepWeight: 20, maxWeight: 50    | 0 20 40 50    | 0 20 40 60
          stepWeight: 50, maxWeight: 100   | 0 50 100      |
          stepWeight: 30, maxWeight: 50    | 0 30 50       | 0 30 60
          stepWeight: 100                  | 0 100         |
          'stepWeights: [1, 2, 10, 80]'    | 0 1 2 10 80   |
          'stepWeights: [1, 2, 10, 200]'   | 0 1 2 10 100  |
          'stepWeights: [10, 20, 60], maxWeight: 50' | 0 10 20 60 |
          """)
  void trafficRisesByTheStepsAndNeverAboveTheMaximum(
      String analysis, String weights, String flagger) {
    // given
    Scenario run = new Scenario("istio", "stepWeight: 1");
    run.edit(
        tree ->
            ((ObjectNode) tree.at("/spec"))
                .set("analysis", Scenario.yaml("{interval: 1m, " + analysis + "}").tree()));
    run.progressing();
    List<String> seen = new ArrayList<>();
    // when
    while (run.phase() == Phase.PROGRESSING) {
      seen.add(Integer.toString(run.split().canary()));
      run.interval();
    }
    // then
    assertThat(String.join(" ", seen)).isEqualTo(weights);
    assertThat(run).isInPhase(Phase.PROMOTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "gatewayapi:v1beta1", "istio", "nginx"})
  void everyProviderCarriesTheWeightOfTheStatus(String provider) {
    Scenario run = Scenario.of(provider, STEPS).progressing();
    assertThat(run).sendsToCanary(0);
    run.interval();
    assertThat(run).hasWeight(10).sendsToCanary(10);
    run.interval();
    assertThat(run).hasWeight(20).sendsToCanary(20);
    run.interval();
    assertThat(run).hasWeight(30).sendsToCanary(30);
    run.interval();
    assertThat(run).isInPhase(Phase.PROMOTING).sendsToCanary(30);
    run.interval();
    assertThat(run).isInPhase(Phase.FINALISING).sendsToCanary(0).hasTargetReplicas(2);
    run.interval();
    assertThat(run)
        .isInPhase(Phase.SUCCEEDED)
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .servesVersion("6.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio"})
  void mirroringTakesOneStepBeforeTheFirstLiveRequest(String provider) {
    // given
    Scenario run = new Scenario(provider, STEPS + "mirror: true").progressing();
    // when
    run.interval();
    // then
    assertThat(run).mirrors().hasWeight(0).told("Advance podinfo.test canary weight 0");
    // when
    run.interval();
    // then
    assertThat(run).sendsToCanary(10);
  }

  @Test
  void w17_mirroringThatTheProviderCannotDoIsRefusedInsteadOfLoopingForEver() {
    Scenario run = Scenario.of("nginx", STEPS + "mirror: true").tick();

    assertThat(run).isBlockedBy("provider 'nginx' cannot mirror traffic for this strategy");
  }

  @Test
  void aFailedCheckHoldsTheWeightAndIsCounted() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    // when
    run.interval();
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .hasFailedChecks(1)
        .hasWeight(10)
        .sendsToCanary(10)
        .told("Halt podinfo.test advancement request-success-rate is FAIL");
    // when
    run.meter.gives(CHECK, Metric.Outcome.PASS);
    run.interval();
    // then the count is of the whole run
    assertThat(run).hasWeight(20).hasFailedChecks(1);
  }

  @Test
  void everyCheckIsMeasuredEvenWhenOneFails() {
    // given
    String two =
        "stepWeight: 10\nmetrics: [{name: request-success-rate}, {name: request-duration}]";
    Scenario run = new Scenario("istio", two).progressing().interval();
    run.meter.gives("request-success-rate", Metric.Outcome.FAIL).measured().clear();
    // when
    run.interval();
    // then
    assertThat(run.meter.measured())
        .containsExactlyInAnyOrder("request-success-rate", "request-duration");
    assertThat(run).hasFailedChecks(1);
  }

  @Test
  void theFirstStepWantsNoCheck() {
    Scenario run = new Scenario("istio", STEPS).progressing();
    run.meter.gives(CHECK, Metric.Outcome.NO_DATA);

    run.interval();

    assertThat(run).hasWeight(10).hasFailedChecks(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatewayapi:v1", "istio", "nginx"})
  void t7_aNewRevisionDuringTheAnalysisRestartsIt(String provider) {
    // given
    Scenario run = Scenario.of(provider, STEPS).progressing().interval();
    assertThat(run).sendsToCanary(10);
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.interval();
    assertThat(run).hasFailedChecks(1);
    // when
    run.release("6.0.2").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .sendsToCanary(0)
        .hasWeight(0)
        .hasFailedChecks(0)
        .hasIterations(0)
        .told("New revision detected! Restarting analysis for podinfo.test");
    // when
    run.meter.gives(CHECK, Metric.Outcome.PASS);
    run.intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED).servesVersion("6.0.2");
  }

  @Test
  void t7_aChangedConfigMapDuringTheAnalysisRestartsItAndIsPromoted() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised();
    assertThat(run.config("colors-primary")).isEqualTo("blue");
    run.release("6.0.1").tick().interval();
    // when
    run.config("colors", "green").tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).sendsToCanary(0);
    assertThat(run.config("colors-primary")).isEqualTo("blue");
    // when
    run.intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    assertThat(run.config("colors-primary")).isEqualTo("green");
  }

  @Test
  void w2_aRevisionThatIsTakenBackDuringTheAnalysisIsCancelled() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    assertThat(run).sendsToCanary(20);
    // when
    run.release("6.0.0").tick();
    // then
    assertThat(run)
        .isInPhase(Phase.INITIALIZED)
        .sendsToCanary(0)
        .hasTargetReplicas(0)
        .servesVersion("6.0.0")
        .appliedIsPromoted();
    // when
    run.intervals(2);
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED);
  }

  @Test
  void aRouteThatSomebodyPutBackIsRepairedToTheWeightOfTheStatus() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().intervals(2);
    // when a GitOps tool writes 100/0
    run.cluster.edit(
        httpRoute(),
        tree -> {
          ((ObjectNode) tree.at("/spec/rules/0/backendRefs/0")).put("weight", 100);
          ((ObjectNode) tree.at("/spec/rules/0/backendRefs/1")).put("weight", 0);
        });
    run.tick();
    // then
    assertThat(run).hasWeight(20).sendsToCanary(20);
    // when
    run.interval();
    // then
    assertThat(run).sendsToCanary(30);
  }

  @Test
  void aRouteThatSomebodyBrokeIsWrittenAnew() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().intervals(2);
    // when
    run.cluster.edit(httpRoute(), tree -> ((ObjectNode) tree.get("spec")).putArray("rules"));
    run.tick().tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).sendsToCanary(20).isNotBlocked();
  }

  @Test
  void aRouteThatSomebodyDeletedIsMadeAgainAtTheSameWeight() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().intervals(2);
    // when
    run.cluster.remove(httpRoute());
    run.tick();
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20).sendsToCanary(20);
  }

  @Test
  void aStepWaitsUntilTheGatewayHasAcceptedTheLastOne() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().interval();
    accept(run, 1);
    // when
    run.interval();
    // then
    assertThat(run).hasWeight(10).isBecause("has seen generation 1");
    // when
    accept(run, 99);
    run.interval();
    // then
    assertThat(run).hasWeight(20);
  }

  @Test
  void w19_editedStepsGoOnFromTheNextGreaterOne() {
    // given
    Scenario run = new Scenario("istio", "stepWeights: [5, 20, 50]").progressing().intervals(2);
    assertThat(run).hasWeight(20);
    // when
    run.analysis("stepWeights: [10, 30, 60]").interval();
    // then
    assertThat(run).hasWeight(30).sendsToCanary(30);
  }

  @Test
  void w20_binaryDataIsTrackedAndCopied() {
    // given
    Scenario run = new Scenario("istio", STEPS).config("colors", "blue").reading("colors");
    run.initialised();
    ObjectRef colors = new ObjectRef("v1", "ConfigMap", "test", "colors");
    // when
    run.cluster.edit(colors, tree -> tree.putObject("binaryData").put("logo", "AAEC"));
    run.tick().intervals(6);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    var copy = run.cluster.stored(new ObjectRef("v1", "ConfigMap", "test", "colors-primary"));
    assertThat(copy.text("", "binaryData", "logo")).isEqualTo("AAEC");
  }

  @Test
  void w23_cookiesAreStoredBeforeARouteCarriesThem() {
    // given
    Scenario run =
        new Scenario("gatewayapi:v1", STEPS + "sessionAffinity: {cookieName: canary-cookie}")
            .progressing();
    // when the process dies between the status and the route
    run.cluster.refuse("HTTPRoute");
    run.interval();
    String cookie = run.status().sessionAffinityCookie();
    run.cluster.recover();
    run.tick();
    // then
    assertThat(cookie).startsWith("canary-cookie=");
    assertThat(run.status().sessionAffinityCookie()).isEqualTo(cookie);
    assertThat(run.cluster.stored(httpRoute()).tree().toString()).contains(cookie);
  }

  @Test
  void i11_theCookieOfARunIsTakenFromTheClientsAfterIt() {
    // given
    String affinity =
        "sessionAffinity: {cookieName: canary-cookie, primaryCookieName: primary-cookie}";
    Scenario run = new Scenario("istio", STEPS + affinity).progressing().interval();
    String cookie = run.status().sessionAffinityCookie();
    // when
    run.intervals(5);
    // then
    assertThat(run).isInPhase(Phase.SUCCEEDED);
    assertThat(run.status().sessionAffinityCookie()).isEmpty();
    assertThat(run.status().previousSessionAffinityCookie()).isEqualTo(cookie);
  }

  private static void accept(Scenario run, long generation) {
    run.cluster.edit(
        httpRoute(),
        tree ->
            tree.set(
                "status",
                Scenario.yaml(
                        """
                        parents:
                        - parentRef: {name: gateway, namespace: infra}
                          conditions: [{type: Accepted, status: "True", observedGeneration: %d}]
                        """
                            .formatted(generation))
                    .tree()));
  }

  private static ObjectRef httpRoute() {
    return new ObjectRef("gateway.networking.k8s.io/v1", "HTTPRoute", "test", "podinfo");
  }
}
