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

/** A taken-over Service given back to its owner. */
final class ReleasedService {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ReleasedService() {}

  /**
   * With the selector that its owner last applied, else with the target's; unchanged in that when
   * there is neither.
   */
  static KubeObject of(KubeObject service, @Nullable Selector selector) {
    JsonNode applied = lastApplied(service);
    return service.with(
        tree -> {
          freeFromUs(Trees.object(tree, "metadata"), service, applied);
          if (applied.at("/spec/selector") instanceof ObjectNode original) {
            Trees.object(tree, "spec").set("selector", original);
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
    annotations.entrySet().removeIf(entry -> isFluxOff(entry.getKey()) && !own.has(entry.getKey()));
    Trees.setTexts(metadata, "annotations", annotations);
  }

  private static boolean isFluxOff(String key) {
    return key.equals(Names.FLUX_RECONCILE) || key.equals(Names.FLUX_DRIFT_DETECTION);
  }

  private static JsonNode lastApplied(KubeObject service) {
    try {
      return JSON.readTree(service.annotation(Names.LAST_APPLIED_CONFIGURATION));
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
