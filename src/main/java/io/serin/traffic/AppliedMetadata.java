package io.serin.traffic;

import io.serin.api.Names;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels and annotations that Serin puts on an object. Their keys are remembered on the object
 * itself, so that one that is no longer wanted can be told from somebody else's, which stays.
 */
record AppliedMetadata(Map<String, String> labels, Map<String, String> annotations) {

  /** Keys that were put on the object, as JSON; absent when there are none. */
  static final String APPLIED = "serin.dev/applied-metadata";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Map<String, String> FLUX =
      Map.of(
          Names.FLUX_RECONCILE, Names.FLUX_DISABLED,
          Names.FLUX_DRIFT_DETECTION, Names.FLUX_DISABLED);

  static final AppliedMetadata NONE = new AppliedMetadata(Map.of(), Map.of());

  AppliedMetadata {
    labels = Map.copyOf(labels);
    annotations = new TreeMap<>(annotations);
    annotations.keySet().removeAll(FLUX.keySet());
    annotations = Map.copyOf(annotations);
  }

  /** Whether Flux was told on both its ways to leave the object alone. */
  static boolean isHeldFromFlux(Map<String, String> annotations) {
    return annotations.entrySet().containsAll(FLUX.entrySet());
  }

  /** Puts these on the object and takes off what was put there before. */
  void apply(ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    JsonNode before = remembered(metadata);
    replace(metadata, "labels", before, labels);
    replace(metadata, "annotations", before, annotations);
    ObjectNode live = Json.child(metadata, "annotations");
    new TreeMap<>(FLUX).forEach(live::put);
    remember(live);
  }

  /** Takes off everything that was put on the object. */
  static void takeOff(ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    NONE.apply(tree);
    ObjectNode live = Json.child(metadata, "annotations");
    live.remove(FLUX.keySet());
    live.remove(Names.ORIGINAL_CONFIGURATION);
    if (live.isEmpty()) {
      metadata.remove("annotations");
    }
  }

  private static JsonNode remembered(ObjectNode metadata) {
    try {
      String text = metadata.path("annotations").path(APPLIED).stringValue("");
      return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static void replace(
      ObjectNode metadata, String field, JsonNode before, Map<String, String> wanted) {
    ObjectNode live = Json.child(metadata, field);
    for (JsonNode key : before.path(field)) {
      live.remove(key.stringValue(""));
    }
    new TreeMap<>(wanted).forEach(live::put);
    if (live.isEmpty()) {
      metadata.remove(field);
    }
  }

  private void remember(ObjectNode live) {
    if (labels.isEmpty() && annotations.isEmpty()) {
      live.remove(APPLIED);
      return;
    }
    ObjectNode keys = Json.object();
    keys.set("annotations", keys(annotations.keySet()));
    keys.set("labels", keys(labels.keySet()));
    live.put(APPLIED, MAPPER.writeValueAsString(keys));
  }

  private static JsonNode keys(Collection<String> keys) {
    Set<String> sorted = new TreeSet<>(keys);
    return MAPPER.valueToTree(sorted);
  }
}
