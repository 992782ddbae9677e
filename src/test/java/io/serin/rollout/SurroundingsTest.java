package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.fact.Capacity;
import io.serin.fact.Dependency;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.fact.Metric;
import io.serin.fact.Streak;
import io.serin.fact.Surroundings;
import io.serin.policy.PackPolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What is observed around a rollout, and what packs make of it in a canary's life. */
class SurroundingsTest {

  private static final String LONG = STEPS.replace("maxWeight: 30", "maxWeight: 90");
  private static final RolloutOptions CALENDAR =
      new RolloutOptions("istio", true, "", ZoneId.of("UTC"), Duration.ZERO, "ops/calendar");

  // The scenarios begin on Monday 2026-03-02 at 10:00 UTC.
  private static final String FREEZE =
      "freezes: [{name: fair, since: 2026-03-02T09:00, until: 2026-03-02T11:00}]";

  @Test
  void withoutACalendarNothingIsKnownOfFreezes() {
    assertThat(around(new Scenario("istio", STEPS).initialised()).freezes()).isEmpty();
  }

  @Test
  void theCalendarIsReadFromItsConfigMap() {
    Scenario run = calendar(new Scenario("istio", STEPS).with(CALENDAR), FREEZE).initialised();

    assertThat(around(run).freezes()).containsExactly(new Freeze("fair", true, "fair", 3_600, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "none | there is no such ConfigMap",
        "freezes: [{name: f, untill: x}] | 'f' has no field 'untill'",
        "`` | it has no key calendar.yaml",
      })
  void aCalendarThatCannotBeReadFreezes(String text, String reason) {
    Scenario run = new Scenario("istio", STEPS).with(CALENDAR);
    if (text != null) {
      calendar(run, text);
    }
    run.initialised();

    assertThat(around(run).freezes())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.active()).isTrue();
              assertThat(f.reason()).contains("calendar ops/calendar cannot be read: " + reason);
            });
  }

  @Test
  void aFreezeHoldsANewRevisionAndWakesItWhenItEnds() {
    // given
    Scenario run =
        calendar(new Scenario("istio", STEPS).with(CALENDAR), FREEZE)
            .with(PackPolicies.with("change-window-and-freeze"))
            .initialised();
    // then an idle rollout has no timer
    assertThat(look(run).next()).isNull();
    // when
    run.release("6.0.1");
    Tick.Result held = look(run);
    // then one that is held has
    assertThat(run.phase()).isEqualTo(Phase.INITIALIZED);
    assertThat(held.next()).isEqualTo(Duration.ofHours(1));
    // when
    run.after(Duration.ofHours(1));
    // then
    assertThat(run.phase()).isEqualTo(Phase.PROGRESSING);
  }

  @Test
  void aChangeOfTheCalendarConcernsWhoeverLookedAtIt() {
    Scenario run = calendar(new Scenario("istio", STEPS).with(CALENDAR), FREEZE).initialised();

    assertThat(look(run).reads()).contains(new ObjectRef("v1", "ConfigMap", "ops", "calendar"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "backend | Succeeded | 6.0.0 | none",
        "backend | Initialized | 6.0.0 | none",
        "test/backend | Succeeded | 6.0.0 | none",
        "backend | Succeeded | 6.0.1 | it has a new revision to roll out",
        "backend | Progressing | 6.0.0 | it is in phase 'Progressing'",
        "backend | Failed | 6.0.0 | it is in phase 'Failed'",
        "database | Succeeded | 6.0.0 | there is no such Canary",
        "other/backend | Succeeded | 6.0.0 | there is no such Canary",
      })
  void aDependencyIsReadyWhileItServesWhatItShould(
      String annotation, String phase, String version, String reason) {
    // given
    Scenario run = new Scenario("istio", STEPS).initialised();
    String applied = run.status().lastAppliedSpec();
    run.cluster.put(Scenario.deployment("backend", version));
    run.cluster.put(backend(phase, applied(run, applied)));
    // when
    run.annotate(Names.DEPENDS_ON, annotation).tick();
    // then
    Dependency seen = around(run).dependencies().getFirst();
    assertThat(seen.reason()).isEqualTo(reason == null ? "" : reason);
    assertThat(seen.ready()).isEqualTo(reason == null);
  }

  @Test
  void aDependencyInAnotherNamespaceNeedsPermission() {
    Scenario run =
        new Scenario("istio", STEPS)
            .with(new RolloutOptions("istio", false, "", ZoneId.of("UTC"), Duration.ZERO))
            .initialised();

    run.annotate(Names.DEPENDS_ON, "shop/backend").tick();

    assertThat(around(run).dependencies().getFirst().reason())
        .isEqualTo("references to other namespaces are switched off");
  }

  @Test
  void aRolloutThatWaitsForAnotherIsWokenByIt() {
    // given
    Scenario run =
        new Scenario("istio", STEPS).with(PackPolicies.with("dependencies")).initialised();
    run.annotate(Names.DEPENDS_ON, "backend");
    assertThat(look(run).waits()).isFalse();
    // when
    run.release("6.0.1");
    Tick.Result held = look(run);
    // then
    assertThat(run.phase()).isEqualTo(Phase.INITIALIZED);
    assertThat(held.waits()).isTrue();
    assertThat(held.next()).isNull();
    assertThat(held.reads())
        .contains(new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "test", "backend"));
  }

  @Test
  void capacityIsWhatAvailablePodsCarry() {
    Scenario run = new Scenario("istio", STEPS).progressing();
    assertThat(around(run.interval()).capacity()).isEqualTo(new Capacity(2, 2, 100));

    run.cluster.edit(
        Scenario.deploymentRef("podinfo-primary"),
        tree -> ((ObjectNode) tree.get("spec")).put("replicas", 3));
    run.follow();

    assertThat(around(run.tick()).capacity()).isEqualTo(new Capacity(2, 3, 66));
  }

  @Test
  void anIdleCanaryHasNoPodsAndNoCapacityToSpeakOf() {
    assertThat(around(new Scenario("istio", STEPS).initialised()).capacity())
        .isEqualTo(new Capacity(2, 2, 100));
  }

  @Test
  void aStreakCountsTicksInWhichEverythingPasses() {
    // given
    Scenario run = new Scenario("istio", LONG).progressing();
    // the first step measures nothing, so the third interval knows of one good tick
    run.intervals(2);
    assertThat(around(run).streak()).isNull();
    assertThat(around(run.interval()).streak()).isEqualTo(new Streak(1, 60));
    assertThat(around(run.interval()).streak()).isEqualTo(new Streak(2, 120));
    // when
    run.meter.gives(Analyses.CHECK, Metric.Outcome.FAIL);
    run.interval();
    // then
    run.meter.gives(Analyses.CHECK, Metric.Outcome.PASS);
    assertThat(around(run.interval()).streak()).isNull();
  }

  @Test
  void aRestartBeginsTheStreakAnew() {
    Scenario run = new Scenario("istio", LONG).progressing().intervals(5);

    assertThat(around(run.restart().interval()).streak()).isNull();
  }

  @Test
  void aWakeBetweenStepsIsNoTickOfTheStreak() {
    Scenario run = new Scenario("istio", LONG).progressing().intervals(3);

    run.after(Duration.ofSeconds(10)).after(Duration.ofSeconds(10));

    assertThat(around(run).streak()).isEqualTo(new Streak(2, 80));
  }

  @Test
  void aNewRevisionBeginsTheStreakAnew() {
    Scenario run = new Scenario("istio", LONG).progressing().intervals(5);

    run.release("6.0.2").tick();
    run.interval();

    assertThat(around(run).streak()).isNull();
  }

  @Test
  void trendsRestOnEarlierTicksOfTheRun() {
    Scenario run = new Scenario("istio", LONG).progressing().intervals(5);
    assertThat(around(run).trends()).isEmpty();

    run.interval();

    assertThat(around(run).trends())
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.name()).isEqualTo(Analyses.CHECK);
              assertThat(t.ticks()).isEqualTo(4);
              assertThat(t.worsening()).isFalse();
            });
  }

  @Test
  void aPersonDecidesInsteadOfARollback() {
    // given
    Scenario run =
        new Scenario("istio", STEPS)
            .with(PackPolicies.with("freeze-instead-of-rollback"))
            .progressing()
            .interval();
    run.meter.gives(Analyses.CHECK, Metric.Outcome.FAIL);
    run.intervals(3);
    assertThat(run.status().failedChecks()).isEqualTo(2);
    // when checks pass again, and after a restart
    run.meter.gives(Analyses.CHECK, Metric.Outcome.PASS);
    run.restart().intervals(2);
    // then
    assertThat(run.weight()).isEqualTo(10);
    assertThat(run.last().verdict().verb()).isEqualTo("freeze");
    // when
    run.annotate(Names.FORCE_ROLLBACK, "true").interval();
    // then
    assertThat(run.phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void theFleetIsCountedWithoutThisOne() {
    FleetView view = new FleetView();
    view.update(ref("a"), canary("a", "Progressing", 10, "2026-03-02T09:59:00Z"));
    view.update(ref("b"), canary("b", "Progressing", 0, "2026-03-02T09:59:00Z"));
    view.update(ref("c"), canary("c", "WaitingPromotion", 0, "2026-03-02T09:59:00Z"));
    view.update(ref("d"), canary("d", "Succeeded", 0, "2026-03-02T09:00:00Z"));
    view.update(ref("e"), canary("e", "Failed", 0, "2026-03-02T09:00:00Z"));
    view.update(ref("f"), canary("f", "Failed", 0, "2026-03-01T09:00:00Z"));
    view.update(ref("g"), canary("g", "Initialized", 0, "2026-03-02T09:00:00Z"));
    Instant now = Instant.parse("2026-03-02T10:00:00Z");

    assertThat(view.around(ref("g"), now)).isEqualTo(new Fleet(3, 3, 2, 1));
    // a has taken its first step, c comes after b
    assertThat(view.around(ref("b"), now)).isEqualTo(new Fleet(2, 1, 2, 1));
    assertThat(view.around(ref("c"), now)).isEqualTo(new Fleet(2, 2, 2, 1));
    assertThat(view.update(ref("a"), null)).isTrue();
    assertThat(view.around(ref("c"), now)).isEqualTo(new Fleet(1, 1, 2, 1));
  }

  @Test
  void onlyTheLatestTenOutcomesCount() {
    FleetView view = new FleetView();
    for (int i = 0; i < 12; i++) {
      String phase = i < 2 ? "Failed" : "Succeeded";
      String at = "2026-03-02T09:%02d:00Z".formatted(10 + i);
      view.update(ref("c" + i), canary("c" + i, phase, 0, at));
    }

    Fleet fleet = view.around(ref("x"), Instant.parse("2026-03-02T10:00:00Z"));

    assertThat(fleet).isEqualTo(new Fleet(0, 0, 10, 0));
  }

  @Test
  void onlyANewPhaseIsNewsToOthers() {
    FleetView view = new FleetView();

    assertThat(view.update(ref("a"), canary("a", "Progressing", 0, "2026-03-02T09:00:00Z")))
        .isTrue();
    assertThat(view.update(ref("a"), canary("a", "Progressing", 10, "2026-03-02T09:01:00Z")))
        .isFalse();
    assertThat(view.update(ref("a"), canary("a", "Promoting", 10, "2026-03-02T09:02:00Z")))
        .isTrue();
    assertThat(view.update(ref("b"), null)).isFalse();
  }

  private static Tick.Result look(Scenario run) {
    return Objects.requireNonNull(run.crashTick());
  }

  private static Surroundings around(Scenario run) {
    return run.last().facts().surroundings();
  }

  private static Scenario calendar(Scenario run, String text) {
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: calendar, namespace: ops, labels: {serin.dev/calendar: "true"}}
            data:
              calendar.yaml: |
            %s
            """
                .formatted(text.indent(4))));
    return run;
  }

  /** The revision of a Deployment like the scenario's own, but for its name. */
  private static String applied(Scenario run, String otherwise) {
    Scenario backend = new Scenario("istio", STEPS);
    backend.cluster.edit(
        Scenario.deploymentRef("podinfo"),
        tree ->
            tree.set(
                "spec", Scenario.deployment("backend", "6.0.0").tree().get("spec").deepCopy()));
    backend.follow();
    backend.initialised();
    String applied = backend.status().lastAppliedSpec();
    return applied.isEmpty() ? otherwise : applied;
  }

  private static KubeObject backend(String phase, String applied) {
    return Scenario.yaml(
        """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: backend, namespace: test}
        spec:
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: backend}
          service: {port: 80}
          analysis: {interval: 1m, threshold: 2}
        status: {phase: %s, lastAppliedSpec: "%s"}
        """
            .formatted(phase, applied));
  }

  private static ObjectRef ref(String name) {
    return new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "test", name);
  }

  private static KubeObject canary(String name, String phase, int weight, String at) {
    return Scenario.yaml(
        """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: %s, namespace: test}
        spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}}
        status: {phase: %s, canaryWeight: %d, lastTransitionTime: "%s"}
        """
            .formatted(name, name, phase, weight, at));
  }
}
