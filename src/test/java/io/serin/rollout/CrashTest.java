package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process may die at any write: after a restart the same history comes to the same end as if it
 * had lived. Each history runs once without a crash, to count its writes, and then once for each of
 * them.
 */
class CrashTest {

  private static final String CHECK = "request-success-rate";

  /** What happens, one tick at the end of each. */
  private record History(String name, Setup setup, List<Consumer<Scenario>> events) {}

  @TestFactory
  Stream<DynamicTest> everyCrashIsHealed() {
    return histories().map(h -> DynamicTest.dynamicTest(h.name(), () -> isHealed(h)));
  }

  private static void isHealed(History history) {
    Scenario whole = live(history, Integer.MAX_VALUE);
    Map<String, ObjectNode> end = end(whole);
    int writes = writes(whole);
    assertThat(writes).as("writes of the history").isPositive();
    for (int k = 0; k < writes; k++) {
      Scenario crashed = live(history, k);
      assertThat(end(crashed))
          .as("the end after a crash at write %d of %d", k, writes)
          .isEqualTo(end);
    }
  }

  /** Found by a generated history: the apex was led to a primary that had gone meanwhile. */
  @Test
  void afterACrashAmidTheInitialisationTheApexWaitsForAPodOfThePrimary() {
    // given: the status says initialised, and nothing that follows from it was written
    Scenario run = new Scenario("gatewayapi:v1", STEPS).tick();
    run.cluster.crashAfter(1);
    assertThatThrownBy(run::interval).isInstanceOf(FakeCluster.Crash.class);
    run.cluster.recover();
    // when
    run.restart().unready("podinfo-primary").unready("podinfo").intervals(2);
    // then
    RunAssert.assertThat(run).isInPhase(Phase.INITIALIZED).leadsTo("");
    // when
    run.ready("podinfo-primary").interval();
    // then
    RunAssert.assertThat(run).leadsTo("podinfo-primary");
  }

  private static int writes(Scenario scenario) {
    return (int)
        scenario.cluster.requests().stream()
            .filter(r -> !r.startsWith("read ") && !r.startsWith("event "))
            .count();
  }

  private static Scenario live(History history, int writesToLive) {
    Scenario scenario = history.setup().scenario();
    scenario.cluster.crashAfter(writesToLive);
    List<Consumer<Scenario>> events = new ArrayList<>(history.events());
    for (int i = 0; i < 12; i++) {
      events.add(_ -> {});
    }
    for (Consumer<Scenario> event : events) {
      if (scenario.gone()) {
        return scenario;
      }
      event.accept(scenario);
      if (!scenario.gone()) {
        tick(scenario);
      }
    }
    return scenario;
  }

  /** A process that died comes back and looks after every Canary at once. */
  private static void tick(Scenario scenario) {
    try {
      scenario.interval();
    } catch (FakeCluster.Crash e) {
      scenario.cluster.recover();
      scenario.restart().follow();
      if (!scenario.gone()) {
        assertThatCode(scenario::tick).doesNotThrowAnyException();
      }
    }
  }

  /** Everything in the cluster but what counts writes or tells the time. */
  private static Map<String, ObjectNode> end(Scenario scenario) {
    Map<String, ObjectNode> end = new TreeMap<>();
    for (KubeObject object : ((FakeCluster) scenario.cluster).all()) {
      end.put(object.ref().toString(), object.with(CrashTest::timeless).tree());
    }
    return end;
  }

  private static void timeless(ObjectNode tree) {
    ObjectNode metadata = (ObjectNode) tree.get("metadata");
    metadata.remove(List.of("resourceVersion", "generation"));
    if (tree.get("status") instanceof ObjectNode status) {
      status.remove(List.of("lastTransitionTime", "observedGeneration", "conditions"));
    }
    if (tree.get("kind").stringValue("").equals("ControllerRevision")) {
      tree.remove("revision");
      ((ObjectNode) tree.at("/data/metadata")).remove(List.of("resourceVersion", "generation"));
    }
  }

  private static Stream<History> histories() {
    List<Setup> ways =
        List.of(
            way("gatewayapi:v1", Setup.PROGRESSIVE.get(0)),
            way("istio", Setup.PROGRESSIVE.get(2)),
            way("istio", Setup.MIRRORED.get(0)),
            way("nginx", Setup.AB),
            way("gatewayapi:v1", Setup.MIRRORED.get(1)),
            way("kubernetes", Setup.BLUE_GREEN));
    return ways.stream().flatMap(CrashTest::histories);
  }

  private static Setup way(String provider, String strategy) {
    return new Setup(provider, strategy, false, true, List.of(CHECK), true);
  }

  private static Stream<History> histories(Setup setup) {
    Consumer<Scenario> wait = _ -> {};
    Consumer<Scenario> release = s -> s.release("6.0.1");
    Consumer<Scenario> fails = s -> s.meter.gives(CHECK, Metric.Outcome.FAIL);
    String way = setup.provider() + ", " + setup.strategy().replace("\n", ", ");
    return Stream.of(
        new History(way + ": success", setup, List.of(wait, wait, release)),
        new History(way + ": rollback", setup, List.of(wait, wait, release, wait, wait, fails)),
        new History(
            way + ": restart",
            setup,
            List.of(wait, wait, release, wait, wait, s -> s.release("6.0.2"))),
        new History(
            way + ": configuration", setup, List.of(wait, wait, s -> Worlds.configure(s, "green"))),
        new History(
            way + ": cancel",
            setup,
            List.of(wait, wait, release, wait, wait, s -> s.release("6.0.0"))),
        new History(way + ": failed promotion", setup, failedPromotion()),
        new History(
            way + ": skip",
            setup,
            List.of(wait, wait, s -> s.annotate(Names.SKIP_ANALYSIS, "true"), release)),
        new History(
            way + ": deletion",
            setup,
            List.of(wait, wait, release, wait, wait, Worlds::deleteCanary)));
  }

  private static List<Consumer<Scenario>> failedPromotion() {
    Consumer<Scenario> breaks =
        s -> {
          if (s.image("podinfo-primary").endsWith("6.0.1")) {
            s.expired("podinfo-primary");
          } else {
            s.ready("podinfo-primary");
          }
        };
    List<Consumer<Scenario>> events = new ArrayList<>();
    events.add(_ -> {});
    events.add(_ -> {});
    events.add(s -> s.release("6.0.1"));
    for (int i = 0; i < 14; i++) {
      events.add(breaks);
    }
    return events;
  }
}
