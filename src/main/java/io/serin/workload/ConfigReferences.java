package io.serin.workload;

import io.serin.workload.ConfigReference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a pod spec names ConfigMaps and Secrets: volumes, projected volumes and the environment of
 * containers and init containers. Image pull secrets, CSI volumes and ephemeral containers do not
 * count.
 */
final class ConfigReferences {

  /** One place that names a ConfigMap or Secret. */
  private record Place(Kind kind, ObjectNode node, String field) {
    String name() {
      return node.path(field).stringValue("");
    }

    boolean optional() {
      return node.path("optional").booleanValue(false);
    }
  }

  private ConfigReferences() {}

  /** Every name once, in the order of the spec; optional when no place insists on it. */
  static List<ConfigReference> in(JsonNode podSpec) {
    Map<String, ConfigReference> found = new LinkedHashMap<>();
    visit(
        podSpec,
        place -> {
          var reference = new ConfigReference(place.kind(), place.name(), place.optional());
          found.merge(reference.key(), reference, ConfigReferences::stricter);
        });
    return List.copyOf(found.values());
  }

  /** Changes, in place, the names whose keys are tracked. */
  static void rename(JsonNode podSpec, Map<String, String> tracked, UnaryOperator<String> rename) {
    visit(
        podSpec,
        place -> {
          if (tracked.containsKey(ConfigReference.key(place.kind(), place.name()))) {
            place.node().put(place.field(), rename.apply(place.name()));
          }
        });
  }

  private static ConfigReference stricter(ConfigReference one, ConfigReference other) {
    return one.optional() ? other : one;
  }

  private static void visit(JsonNode podSpec, Consumer<Place> visitor) {
    List<Place> places = new ArrayList<>();
    podSpec.path("volumes").values().forEach(volume -> addVolume(volume, places));
    podSpec.path("containers").values().forEach(container -> addContainer(container, places));
    podSpec.path("initContainers").values().forEach(container -> addContainer(container, places));
    places.stream().filter(place -> !place.name().isEmpty()).forEach(visitor);
  }

  private static void addVolume(JsonNode volume, List<Place> places) {
    add(Kind.CONFIG_MAP, volume.path("configMap"), "name", places);
    add(Kind.SECRET, volume.path("secret"), "secretName", places);
    for (JsonNode source : volume.path("projected").path("sources").values()) {
      add(Kind.CONFIG_MAP, source.path("configMap"), "name", places);
      add(Kind.SECRET, source.path("secret"), "name", places);
    }
  }

  private static void addContainer(JsonNode container, List<Place> places) {
    for (JsonNode variable : container.path("env").values()) {
      JsonNode from = variable.path("valueFrom");
      add(Kind.CONFIG_MAP, from.path("configMapKeyRef"), "name", places);
      add(Kind.SECRET, from.path("secretKeyRef"), "name", places);
    }
    for (JsonNode from : container.path("envFrom").values()) {
      add(Kind.CONFIG_MAP, from.path("configMapRef"), "name", places);
      add(Kind.SECRET, from.path("secretRef"), "name", places);
    }
  }

  private static void add(Kind kind, JsonNode node, String field, List<Place> places) {
    if (node instanceof ObjectNode object) {
      places.add(new Place(kind, object, field));
    }
  }
}
