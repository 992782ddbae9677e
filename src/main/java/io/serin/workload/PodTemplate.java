package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pod template of a primary, derived from the target's. */
final class PodTemplate {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final List<String> SIDECARS = List.of("istio-proxy", "envoy");

  private PodTemplate() {}

  static JsonNode of(KubeObject workload) {
    return workload.at("spec", "template");
  }

  /** Its containers without well-known sidecars. */
  static List<JsonNode> containers(KubeObject workload) {
    return workload.list("spec", "template", "spec", "containers").stream()
        .filter(container -> !SIDECARS.contains(container.path("name").stringValue("")))
        .toList();
  }

  /**
   * The target's template, so that the primary's selector finds its pods, they read the copies of
   * the tracked configuration, and keep apart from each other where the target's do.
   *
   * @param kept the present template when it is of the same revision: what others annotated it with
   *     (such as {@code kubectl rollout restart}) stays, because taking it away restarts every pod
   */
  static ObjectNode derive(
      KubeObject target, Selector selector, Map<String, String> configs, @Nullable JsonNode kept) {
    ObjectNode template =
        of(target) instanceof ObjectNode found
            ? found.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    deriveMetadata(Trees.object(template, "metadata"), target, selector, kept);
    JsonNode spec = template.path("spec");
    ConfigReferences.rename(spec, configs, Names::primary);
    spreadApart(spec, selector);
    return template;
  }

  private static void deriveMetadata(
      ObjectNode metadata, KubeObject target, Selector selector, @Nullable JsonNode kept) {
    Map<String, String> labels = texts(target, "labels");
    labels.put(selector.label(), selector.primaryValue());
    Trees.setTexts(metadata, "labels", labels);
    Map<String, String> annotations = texts(target, "annotations");
    annotations.remove(Names.POD_ID);
    Trees.setTexts(metadata, "annotations", annotations);
    if (kept != null) {
      keepOthers(metadata, kept.path("metadata").path("annotations"));
    }
  }

  private static Map<String, String> texts(KubeObject target, String field) {
    return WorkloadOptions.withoutFlux(target.texts("spec", "template", "metadata", field));
  }

  private static void keepOthers(ObjectNode metadata, JsonNode annotations) {
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      Trees.object(metadata, "annotations")
          .putIfAbsent(annotation.getKey(), annotation.getValue().deepCopy());
    }
  }

  private static void spreadApart(JsonNode spec, Selector selector) {
    for (JsonNode constraint : spec.path("topologySpreadConstraints").values()) {
      rewrite(constraint.path("labelSelector"), selector);
    }
    JsonNode antiAffinity = spec.path("affinity").path("podAntiAffinity");
    for (JsonNode term : antiAffinity.path(REQUIRED).values()) {
      rewrite(term.path("labelSelector"), selector);
    }
    for (JsonNode term : antiAffinity.path(PREFERRED).values()) {
      rewrite(term.path("podAffinityTerm").path("labelSelector"), selector);
    }
  }

  /** Follows the one label that is another on the primary's pods. */
  private static void rewrite(JsonNode labelSelector, Selector selector) {
    if (labelSelector.path("matchLabels") instanceof ObjectNode labels
        && labels.path(selector.label()).stringValue("").equals(selector.value())) {
      labels.put(selector.label(), selector.primaryValue());
    }
    for (JsonNode expression : labelSelector.path("matchExpressions").values()) {
      if (expression.path("key").stringValue("").equals(selector.label())
          && expression.path("values") instanceof ArrayNode values) {
        rewrite(values, selector);
      }
    }
  }

  private static void rewrite(ArrayNode values, Selector selector) {
    for (int i = 0; i < values.size(); i++) {
      if (values.path(i).stringValue("").equals(selector.value())) {
        values.set(i, selector.primaryValue());
      }
    }
  }
}
