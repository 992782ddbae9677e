package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Workload.Role;
import io.serin.testing.FakeWorld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every target. */
class WorkloadPropertiesTest {
  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);

  @Property(tries = 100)
  void derivingThePrimaryAgainChangesNothing(
      @ForAll boolean autoscaled,
      @ForAll @IntRange(max = 9) int replicas,
      @ForAll @Size(max = 5) List<@IntRange(max = 4) Integer> tracked,
      @ForAll boolean promoted) {
    Canary canary = autoscaled ? Samples.richCanary() : Samples.canary();
    KubeObject deployment =
        Samples.deployment()
            .with(tree -> ((ObjectNode) tree.path("spec")).put("replicas", replicas));
    Map<String, String> configs = pick(tracked);
    KubeObject before =
        promoted ? target.primary(canary, other(deployment), null, Map.of(), "id-0") : null;

    KubeObject once = target.primary(canary, deployment, before, configs, "id-1");
    KubeObject twice = target.primary(canary, deployment, once, configs, "id-2");

    assertThat(twice).isEqualTo(once);
  }

  @Property(tries = 100)
  void theOrderOfKeysDoesNotCountInARevision(@ForAll long seed) {
    KubeObject deployment = Samples.deployment();
    JsonNode shuffled = shuffled(deployment.tree(), new Random(seed));

    assertThat(target.revision(new KubeObject((ObjectNode) shuffled)))
        .isEqualTo(target.revision(deployment));
  }

  @Property(tries = 100)
  void derivingTheServicesAgainChangesNothing(@ForAll boolean rich, @ForAll Role apexSelects) {
    Canary canary = rich ? Samples.richCanary() : Samples.canary();
    Services services = Services.of(canary, target, Samples.deployment()).orElseThrow();
    KubeObject[] once = services.desired(FakeWorld.of(), apexSelects).toArray(KubeObject[]::new);

    assertThat(services.desired(FakeWorld.of(once), apexSelects)).containsExactly(once);
  }

  private static KubeObject other(KubeObject deployment) {
    return deployment.with(
        tree ->
            ((ObjectNode) tree.at("/spec/template/spec/containers/0"))
                .put("image", "example.com/podinfo:5"));
  }

  private static Map<String, String> pick(List<Integer> indexes) {
    List<String> keys = Samples.CONFIGS.keySet().stream().sorted().toList();
    Map<String, String> picked = new HashMap<>();
    indexes.forEach(index -> picked.put(keys.get(index), "sum"));
    return picked;
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    return switch (node) {
      case ObjectNode object -> {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        Collections.shuffle(fields, random);
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> copy.set(field.getKey(), shuffled(field.getValue(), random)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.values().forEach(element -> copy.add(shuffled(element, random)));
        yield copy;
      }
      default -> node;
    };
  }
}
