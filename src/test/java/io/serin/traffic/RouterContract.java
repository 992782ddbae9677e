package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Strategy;
import io.serin.testing.FakeWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What every provider must do; a new one registers by a subclass that names its fixtures. */
abstract class RouterContract {
  static final List<Integer> WEIGHTS = List.of(0, 1, 10, 50, 99, 100);

  private final Router router;

  RouterContract(String provider) {
    router = new Routers(TrafficOptions.DEFAULT).find(provider).orElseThrow();
  }

  /** Canaries of this provider by a telling name; all can be routed. */
  abstract Map<String, Canary> canaries();

  /** What must be there beforehand. */
  List<KubeObject> given() {
    return List.of();
  }

  /** The object that carries the split. */
  abstract ObjectRef carrier();

  /** Somebody else's object of that name. */
  abstract KubeObject foreign();

  /** What an API server stores when it is given the object. */
  KubeObject defaulted(KubeObject object) {
    return object;
  }

  private FakeWorld world() {
    return new FakeWorld(this::defaulted).apply(given());
  }

  private FakeWorld converge(FakeWorld world, Canary canary, Split split) {
    return world.apply(router.desired(at(canary, split), split, world));
  }

  /** The cookies as the transition leaves them. */
  private static Canary at(Canary canary, Split split) {
    return split.canary() > 0 ? Trees.inRun(canary) : Trees.afterRun(canary);
  }

  private Split observed(FakeWorld world, Canary canary) {
    Observed observed = router.observe(canary, world);
    assertThat(observed).isInstanceOf(Observed.Routed.class);
    return ((Observed.Routed) observed).split();
  }

  /** The splits that a run of this canary goes through. */
  private List<Split> splits(Canary canary) {
    List<Split> splits = new ArrayList<>();
    if (canary.strategy() == Strategy.AB_TESTING) {
      splits.addAll(List.of(Split.PRIMARY, Split.canary(100)));
      return splits;
    }
    WEIGHTS.forEach(weight -> splits.add(Split.canary(weight)));
    if (router.capabilities(canary).contains(Capability.MIRROR_STEP)) {
      splits.add(new Split(100, 0, true));
    }
    return splits;
  }

  @Test
  void itsCanariesHaveNoProblems() {
    canaries().forEach((_, c) -> assertThat(router.problems(c, world())).isEmpty());
  }

  @Test
  void withoutAnObjectThereIsNoSplit() {
    canaries()
        .forEach(
            (_, c) -> assertThat(router.observe(c, world())).isInstanceOf(Observed.Absent.class));
  }

  @Test
  void aFreshObjectCarriesEverySplit() {
    canaries()
        .forEach(
            (name, canary) -> {
              for (Split split : splits(canary)) {
                FakeWorld world = converge(world(), canary, split);
                assertThat(observed(world, canary)).as(name).isEqualTo(split);
              }
            });
  }

  @Test
  void aTakenOverObjectCarriesEverySplit() {
    canaries()
        .forEach(
            (name, canary) -> {
              for (Split split : splits(canary)) {
                FakeWorld world = converge(world().apply(foreign()), canary, split);
                assertThat(observed(world, canary)).as(name).isEqualTo(split);
              }
            });
  }

  @Test
  void aSecondApplicationChangesNothing() {
    canaries()
        .forEach(
            (name, canary) -> {
              for (Split split : splits(canary)) {
                FakeWorld world = converge(world(), canary, split);
                assertUnchanged(name, world, router.desired(at(canary, split), split, world));
              }
            });
  }

  @Test
  void aSecondApplicationToATakenOverObjectChangesNothing() {
    canaries()
        .forEach(
            (name, canary) -> {
              for (Split split : splits(canary)) {
                FakeWorld world = converge(world().apply(foreign()), canary, split);
                assertUnchanged(name, world, router.desired(at(canary, split), split, world));
              }
            });
  }

  private static void assertUnchanged(String name, FakeWorld world, List<KubeObject> desired) {
    desired.forEach(
        object -> assertThat(object.tree()).as(name).isEqualTo(world.object(object.ref()).tree()));
  }

  @Test
  void theResultDoesNotDependOnThePath() {
    canaries()
        .forEach(
            (name, canary) -> {
              for (Split from : splits(canary)) {
                for (Split to : splits(canary)) {
                  FakeWorld world = converge(converge(world(), canary, from), canary, to);
                  FakeWorld fresh = converge(world(), canary, to);
                  assertThat(world.object(carrier()))
                      .as(name + " from " + from + " to " + to)
                      .isEqualTo(fresh.object(carrier()));
                }
              }
            });
  }

  @Test
  void theResultDoesNotDependOnTheStrategyBefore() {
    canaries()
        .forEach(
            (before, one) ->
                canaries()
                    .forEach(
                        (after, other) -> {
                          FakeWorld world = converge(world(), one, Split.canary(100));
                          converge(world, other, Split.PRIMARY);
                          FakeWorld fresh = converge(world(), other, Split.PRIMARY);
                          assertThat(world.object(carrier()))
                              .as(before + " to " + after)
                              .isEqualTo(fresh.object(carrier()));
                        }));
  }

  @Test
  void promotionAndRollbackLeadBackToThePrimary() {
    canaries()
        .forEach(
            (name, canary) -> {
              FakeWorld world = world();
              splits(canary).forEach(split -> converge(world, canary, split));
              converge(world, canary, Split.PRIMARY);
              assertThat(observed(world, canary)).as(name).isEqualTo(Split.PRIMARY);
            });
  }

  @Test
  void pitfall1_driftKeepsTheWeight() {
    canaries()
        .forEach(
            (name, canary) -> {
              Split split = splits(canary).get(1);
              FakeWorld world = converge(world(), canary, split);
              world.edit(carrier(), RouterContract::addForeignMetadata);
              assertThat(observed(world, canary)).as(name).isEqualTo(split);
              converge(world, canary, split);
              assertThat(observed(world, canary)).as(name).isEqualTo(split);
              assertThat(world.object(carrier()).labels()).containsEntry("foreign", "label");
              assertThat(world.object(carrier()).annotations())
                  .containsEntry("example.com/foreign", "annotation");
            });
  }

  private static void addForeignMetadata(ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    Json.child(metadata, "labels").put("foreign", "label");
    Json.child(metadata, "annotations").put("example.com/foreign", "annotation");
  }

  @Test
  void pitfall7_foreignLabelsAndAnnotationsSurviveTakeOver() {
    canaries()
        .forEach(
            (name, canary) -> {
              FakeWorld world = world().apply(foreign().with(RouterContract::addForeignMetadata));
              converge(world, canary, Split.PRIMARY);
              assertThat(world.object(carrier()).labels())
                  .as(name)
                  .containsEntry("foreign", "label");
            });
  }

  @Test
  void anObjectDeletedDuringARunComesBackAtTheWeight() {
    canaries()
        .forEach(
            (name, canary) -> {
              Split split = splits(canary).get(1);
              FakeWorld world = converge(world(), canary, split).delete(carrier());
              converge(world, canary, split);
              assertThat(observed(world, canary)).as(name).isEqualTo(split);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "[]", "{}", "[3, x]", "{weight: none}", "-7", "null"})
  void pitfall34_aMalformedObjectGivesAnAnswerAndIsHealed(String garbage) {
    canaries()
        .forEach(
            (name, canary) -> {
              Split split = splits(canary).get(1);
              FakeWorld world = converge(world(), canary, split);
              KubeObject good = world.object(carrier());
              for (List<String> path : paths(good.tree())) {
                world.apply(good.with(tree -> replace(tree, path, Trees.YAML.readTree(garbage))));
                assertThat(router.observe(canary, world)).as(name + path).isNotNull();
                assertThat(router.released(canary, world)).as(name + path).isNotNull();
                converge(world, canary, split);
                assertThat(observed(world, canary)).as(name + path).isEqualTo(split);
              }
            });
  }

  /** Every place below spec, labels and annotations. */
  private static List<List<String>> paths(ObjectNode tree) {
    List<List<String>> paths = new ArrayList<>();
    collect(tree.path("spec"), List.of("spec"), paths);
    collect(tree.path("metadata").path("annotations"), List.of("metadata", "annotations"), paths);
    collect(tree.path("metadata").path("labels"), List.of("metadata", "labels"), paths);
    return paths;
  }

  private static void collect(JsonNode node, List<String> path, List<List<String>> paths) {
    paths.add(path);
    for (String name : node.propertyNames()) {
      collect(node.path(name), append(path, name), paths);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.path(i), append(path, Integer.toString(i)), paths);
    }
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static void replace(ObjectNode tree, List<String> path, JsonNode garbage) {
    JsonNode node = tree;
    for (String part : path.subList(0, path.size() - 1)) {
      node = node.isArray() ? node.path(Integer.parseInt(part)) : node.path(part);
    }
    switch (node) {
      case ObjectNode object -> object.set(path.getLast(), garbage);
      case ArrayNode array -> array.set(Integer.parseInt(path.getLast()), garbage);
      default -> throw new AssertionError(path);
    }
  }

  @Test
  void anObjectOfTheCanaryGoesWithIt() {
    canaries()
        .forEach(
            (name, canary) -> {
              FakeWorld world = converge(world(), canary, Split.PRIMARY);
              assertThat(world.object(carrier()).controllerOwner()).as(name).isPresent();
              assertThat(router.released(canary, world)).as(name).isEmpty();
            });
  }

  @Test
  void pitfall8_aReleasedObjectIsNoLongerHeldFromFlux() {
    canaries()
        .forEach(
            (name, canary) -> {
              FakeWorld world = released(canary);
              assertThat(world.object(carrier()).annotations().keySet())
                  .as(name)
                  .noneMatch(key -> key.contains("toolkit.fluxcd.io"))
                  .doesNotContain(Names.OWN_KEYS);
            });
  }

  @Test
  void pitfall13_releasingTwiceIsFine() {
    canaries()
        .forEach(
            (name, canary) -> {
              FakeWorld world = released(canary);
              assertUnchanged(name, world, router.released(canary, world));
              world.delete(carrier());
              assertThat(router.released(canary, world)).as(name).isEmpty();
            });
  }

  @Test
  void anUntouchedForeignObjectIsNotReleased() {
    canaries()
        .forEach(
            (name, canary) ->
                assertThat(router.released(canary, world().apply(foreign()))).as(name).isEmpty());
  }

  private FakeWorld released(Canary canary) {
    FakeWorld world = world().apply(foreign());
    splits(canary).forEach(split -> converge(world, canary, split));
    return world.apply(router.released(canary, world));
  }

  @Test
  void objectsNamesEveryObjectThatIsWritten() {
    canaries()
        .forEach(
            (name, canary) ->
                assertThat(router.objects(canary))
                    .as(name)
                    .containsAll(
                        router.desired(canary, Split.PRIMARY, world()).stream()
                            .map(KubeObject::ref)
                            .toList()));
  }
}
