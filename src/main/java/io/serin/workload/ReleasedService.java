package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A taken-over Service given back to its owner, and what has to be remembered for that. */
final class ReleasedService {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ReleasedService() {}

  /**
   * Notes the selector that the owner gave the Service, before it is replaced. One of ours is not
   * worth noting: it says nothing about the owner.
   */
  static void remember(KubeObject service, Selector selector, ObjectNode metadata) {
    Map<String, String> present = service.texts("spec", "selector");
    boolean ours =
        present.equals(Map.of(selector.label(), selector.value()))
            || present.equals(Map.of(selector.label(), selector.primaryValue()));
    if (!ours && !present.isEmpty()) {
      String original = JSON.writeValueAsString(Map.of("selector", new TreeMap<>(present)));
      Trees.object(metadata, "annotations").put(Names.ORIGINAL_CONFIGURATION, original);
    }
  }

  /**
   * With the selector that its owner last applied, else with the one it had when it was taken over,
   * else with the target's; unchanged in that when there is none of them.
   */
  static KubeObject of(KubeObject service, @Nullable Selector selector) {
    JsonNode applied = json(service, Names.LAST_APPLIED_CONFIGURATION);
    JsonNode original = json(service, Names.ORIGINAL_CONFIGURATION);
    return service.with(
        tree -> {
          freeFromUs(Trees.object(tree, "metadata"), service, applied);
          if (applied.at("/spec/selector") instanceof ObjectNode last) {
            Trees.object(tree, "spec").set("selector", last);
          } else if (original.path("selector") instanceof ObjectNode first) {
            Trees.object(tree, "spec").set("selector", first);
          } else if (selector != null) {
            Trees.object(tree, "spec")
                .putObject("selector")
                .put(selector.label(), selector.value());
          }
        });
  }

  private static void freeFromUs(ObjectNode metadata, KubeObject service, JsonNode applied) {
    Map<String, String> annotations = new TreeMap<>(service.annotations());
    JsonNode own = applied.at("/metadata/annotations");
    annotations
        .entrySet()
        .removeIf(e -> Names.FLUX_OFF.containsKey(e.getKey()) && !own.has(e.getKey()));
    annotations.remove(Names.ORIGINAL_CONFIGURATION);
    Trees.setTexts(metadata, "annotations", annotations);
  }

  private static JsonNode json(KubeObject service, String annotation) {
    try {
      return JSON.readTree(service.annotation(annotation));
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
