package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static io.serin.rollout.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.cluster.Event;
import io.serin.fact.Metric;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is wrong is said in one line, moves no traffic, and can be mended. */
class BadInputTest {

  private static final String HPA =
      "autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "unknown provider",
            run -> run.spec("provider: isto"),
            run -> run.spec("provider: istio"),
            "provider 'isto' is unknown; known are"),
        mistake(
            "strategy that the provider cannot do",
            run -> run.spec("service: {port: 80, appProtocol: tcp}").analysis("mirror: true"),
            run -> run.spec("service: {port: 80}").analysis("mirror: false"),
            "provider 'istio' cannot mirror traffic for this strategy"),
        mistake(
            "A/B test that the provider cannot do",
            run ->
                run.spec("service: {port: 80, appProtocol: tcp}")
                    .analysis("iterations: 2\nstepWeight: 0\nmatch: [{headers: {a: {exact: b}}}]"),
            run ->
                run.spec("service: {port: 80}")
                    .analysis("iterations: 0\nstepWeight: 10\nmatch: []"),
            "provider 'istio' cannot route by analysis.match"),
        mistake(
            "negative step",
            run -> run.analysis("stepWeight: -5"),
            run -> run.analysis("stepWeight: 10"),
            "spec.analysis.stepWeight is -5; write a percentage from 0 to 100"),
        mistake(
            "negative maximum",
            run -> run.analysis("maxWeight: -1"),
            run -> run.analysis("maxWeight: 30"),
            "spec.analysis.maxWeight is -1"),
        mistake(
            "decreasing steps",
            run -> run.analysis("stepWeight: 0\nstepWeights: [10, 30, 20]"),
            run -> run.analysis("stepWeights: [10, 20, 30]"),
            "spec.analysis.stepWeights[2] is 20 after 30"),
        mistake(
            "no step at all",
            run -> run.analysis("stepWeight: 0"),
            run -> run.analysis("stepWeight: 10"),
            "spec.analysis.stepWeight is 0"),
        mistake(
            "steps and iterations",
            run -> run.analysis("iterations: 5"),
            run -> run.analysis("iterations: 0"),
            "spec.analysis.iterations is given together with stepWeight"),
        mistake(
            "missing target",
            run -> run.spec("targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinf}"),
            run -> run.spec("targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}"),
            "deployment podinf.test get query error: not found"),
        mistake(
            "unknown kind of target",
            run -> run.spec("targetRef: {apiVersion: batch/v1, kind: Job, name: podinfo}"),
            run -> run.spec("targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}"),
            "Job"),
        mistake(
            "missing autoscaler",
            run -> run.spec(HPA),
            run -> run.cluster.put(Scenario.autoscaler("podinfo", 80)),
            "HorizontalPodAutoscaler podinfo.test get query error: not found"),
        mistake(
            "metric without a source",
            run -> run.analysis("metrics: [{name: errors}]"),
            run -> run.analysis("metrics: [{name: request-duration}]"),
            "spec.analysis.metrics[0].name is \"errors\", which is no built-in metric"),
        mistake(
            "two Canaries on one target",
            run -> run.cluster.put(older("other")),
            run -> run.cluster.remove(older("other").ref()),
            "target Deployment podinfo belongs to Canary other already"),
        mistake(
            "unknown type of webhook",
            run -> run.analysis("webhooks: [{name: a, type: confirm, url: \"http://a/\"}]"),
            run -> run.analysis("webhooks: []"),
            "spec.analysis.webhooks[0].type is \"confirm\""),
        mistake(
            "no port",
            run -> run.spec("service: {}"),
            run -> run.spec("service: {port: 80}"),
            "spec.service.port is 0"));
  }

  private static Arguments mistake(
      String name, Consumer<Scenario> make, Consumer<Scenario> mend, String message) {
    return Arguments.of(name, make, mend, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeDuringARunMovesNoTrafficAndCanBeMended(
      String name, Consumer<Scenario> make, Consumer<Scenario> mend, String message) {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    run.forgetTold();
    // when
    make.accept(run);
    run.intervals(3);
    // then
    assertThat(run).isInPhase(Phase.PROGRESSING).hasWeight(20).isBlockedBy(message);
    assertThat(run.told()).doesNotHaveDuplicates();
    assertThat(run.cluster.events()).extracting(Event::reason).containsOnly("Blocked");
    assertThat(trafficOfIstio(run)).isEqualTo(20);
    assertThat(run.replicas("podinfo")).isEqualTo(2);
    // when
    mend.accept(run);
    run.interval();
    // then
    assertThat(run).isNotBlocked().hasWeight(30).sendsToCanary(30);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeFromTheBeginningTakesNothingOffTheAir(
      String name, Consumer<Scenario> make, Consumer<Scenario> mend, String message) {
    // given
    Scenario run = new Scenario("istio", STEPS);
    make.accept(run);
    // when
    run.intervals(3);
    // then
    assertThat(run).isBlockedBy(message).leadsTo("").hasTargetReplicas(2);
    // when
    mend.accept(run);
    run.tick().tick();
    // then
    assertThat(run).isInPhase(Phase.INITIALIZED).isNotBlocked().hasTargetReplicas(0);
  }

  @Test
  void aTargetThatIsDeletedDuringARunMovesNoTraffic() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().intervals(2);
    KubeObject target = run.deployment("podinfo");
    // when
    run.cluster.remove(target.ref());
    run.intervals(2);
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .sendsToCanary(20)
        .isBlockedBy("deployment podinfo.test get query error: not found");
    // when
    run.cluster.put(target);
    run.follow();
    run.interval();
    // then
    assertThat(run).isNotBlocked().sendsToCanary(30);
  }

  @Test
  void weightsAboveAHundredAreAHundredAndTold() {
    // given
    Scenario run = new Scenario("istio", "stepWeight: 60\nmaxWeight: 200").progressing();
    // when
    run.intervals(2);
    // then
    assertThat(run)
        .sendsToCanary(100)
        .told("spec.analysis.maxWeight is 200: 100 is used; write a percentage from 0 to 100");
  }

  @Test
  void anIntervalThatIsNoneIsAMinuteAndTold() {
    // given
    Scenario run = new Scenario("istio", STEPS).analysis("interval: soon").progressing();
    // when
    run.after(java.time.Duration.ofSeconds(59));
    assertThat(run).hasWeight(0);
    run.after(java.time.Duration.ofSeconds(1));
    // then
    assertThat(run)
        .hasWeight(10)
        .told(
            "spec.analysis.interval is \"soon\", which is no duration: 1m0s is used; write for"
                + " example 30s or 1m30s");
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.Outcome.class,
      names = {"ERROR", "NO_DATA", "STALE"})
  void aMetricWithoutAnAnswerMovesNoTrafficIsToldAndCanBeMended(Metric.Outcome outcome) {
    // given
    Scenario run =
        new Scenario("istio", STEPS).analysis("threshold: 10").progressing().intervals(2);
    run.forgetTold();
    run.meter.gives(CHECK, outcome);
    // when
    run.intervals(3);
    // then
    assertThat(run)
        .isInPhase(Phase.PROGRESSING)
        .sendsToCanary(20)
        .isBlockedBy("Halt podinfo.test advancement request-success-rate is " + outcome);
    // when
    run.meter.gives(CHECK, Metric.Outcome.PASS);
    run.interval();
    // then
    assertThat(run).sendsToCanary(30).isNotBlocked();
  }

  @Test
  void sessionAffinityThatTheProviderCannotDoIsRefused() {
    Scenario run =
        Scenario.of("nginx", STEPS + "sessionAffinity: {cookieName: canary-cookie}").tick();

    assertThat(run).isBlockedBy("provider 'nginx' cannot keep sessions").hasTargetReplicas(2);
  }

  @Test
  void w26_aFractionBreaksNothing() {
    Scenario run = new Scenario("istio", STEPS).analysis("threshold: 2.5").progressing();

    run.interval();

    assertThat(run).hasWeight(10);
  }

  @Test
  void w16_editingAValidCanaryIntoOneThatBreaksARuleOfTheClusterStopsIt() {
    // given
    RolloutOptions strict =
        new RolloutOptions("istio", false, "", java.time.ZoneId.of("UTC"), java.time.Duration.ZERO);
    Scenario run = new Scenario("istio", STEPS).with(strict).progressing().interval();
    // when
    run.analysis("metrics: [{name: errors, templateRef: {name: errors, namespace: secret}}]");
    run.interval();
    // then
    assertThat(run)
        .sendsToCanary(10)
        .isBlockedBy(
            "can't access metric template errors.secret, cross-namespace references are blocked");
  }

  @Test
  void theOlderOfTwoCanariesGoesOn() {
    // given
    Scenario run = new Scenario("istio", STEPS).progressing().interval();
    // when
    run.cluster.put(
        Scenario.canary("zz", "istio", STEPS, "")
            .with(
                tree ->
                    ((ObjectNode) tree.get("metadata"))
                        .put("creationTimestamp", "2026-03-02T09:00:00Z")));
    run.interval();
    // then
    assertThat(run).isNotBlocked().hasWeight(20);
  }

  private static KubeObject older(String name) {
    return Scenario.canary(name, "istio", STEPS, "")
        .with(
            tree ->
                ((ObjectNode) tree.get("metadata"))
                    .put("creationTimestamp", "2026-02-01T00:00:00Z"));
  }

  /** Read past the Canary, which is in disorder. */
  private static int trafficOfIstio(Scenario run) {
    KubeObject route =
        run.cluster.stored(
            new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "test", "podinfo"));
    return route.tree().at("/spec/http/0/route/1/weight").intValue(-1);
  }
}
