package io.serin.traffic;

import io.serin.api.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels and annotations that Serin puts on an object. Their keys are remembered on the object
 * itself, in {@value Names#OWN_KEYS}, so that one that is no longer wanted can be told from
 * somebody else's, which stays.
 */
record AppliedMetadata(Map<String, String> labels, Map<String, String> annotations) {
  private static final String LABELS = "labels";
  private static final String ANNOTATIONS = "annotations";
  private static final String SEPARATOR = ",";

  static final AppliedMetadata NONE = new AppliedMetadata(Map.of(), Map.of());

  AppliedMetadata {
    labels = Map.copyOf(labels);
    annotations = new TreeMap<>(annotations);
    annotations.keySet().removeAll(Names.FLUX_OFF.keySet());
    annotations.remove(Names.OWN_KEYS);
    annotations = Map.copyOf(annotations);
  }

  /** Whether Flux was told on both its ways to leave the object alone. */
  static boolean isHeldFromFlux(Map<String, String> annotations) {
    return annotations.entrySet().containsAll(Names.FLUX_OFF.entrySet());
  }

  /** Puts these on the object and takes off what was put there before. */
  void apply(ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    String remembered = metadata.path(ANNOTATIONS).path(Names.OWN_KEYS).stringValue("");
    List<String> before = List.of(remembered.split(SEPARATOR, -1));
    replace(metadata, LABELS, before, labels);
    replace(metadata, ANNOTATIONS, before, annotations);
    ObjectNode live = Json.child(metadata, ANNOTATIONS);
    new TreeMap<>(Names.FLUX_OFF).forEach(live::put);
    remember(live);
  }

  /** Takes off everything that was put on the object. */
  static void takeOff(ObjectNode tree) {
    NONE.apply(tree);
    ObjectNode metadata = Json.child(tree, "metadata");
    ObjectNode live = Json.child(metadata, ANNOTATIONS);
    live.remove(Names.FLUX_OFF.keySet());
    live.remove(Names.ORIGINAL_CONFIGURATION);
    if (live.isEmpty()) {
      metadata.remove(ANNOTATIONS);
    }
  }

  private static void replace(
      ObjectNode metadata, String field, List<String> before, Map<String, String> wanted) {
    ObjectNode live = Json.child(metadata, field);
    String prefix = field + "/";
    before.stream()
        .filter(key -> key.startsWith(prefix))
        .forEach(key -> live.remove(key.substring(prefix.length())));
    new TreeMap<>(wanted).forEach(live::put);
    if (live.isEmpty()) {
      metadata.remove(field);
    }
  }

  private void remember(ObjectNode live) {
    TreeSet<String> keys = new TreeSet<>();
    labels.keySet().forEach(key -> keys.add(LABELS + "/" + key));
    annotations.keySet().forEach(key -> keys.add(ANNOTATIONS + "/" + key));
    if (keys.isEmpty()) {
      live.remove(Names.OWN_KEYS);
    } else {
      live.put(Names.OWN_KEYS, String.join(SEPARATOR, keys));
    }
  }
}
