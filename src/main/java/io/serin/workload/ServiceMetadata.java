package io.serin.workload;

import io.serin.api.CustomMetadata;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ServiceSpec;
import io.serin.api.UnmanagedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels and annotations of one Service. Keys that the Canary's author asked for are remembered in
 * an annotation, so that they go when the author takes them back; keys of others stay.
 *
 * @param custom what the author asked for
 * @param label key of the selector label
 * @param name name of the Service
 */
record ServiceMetadata(
    @Nullable CustomMetadata custom, String label, String name, ServiceSpec service) {
  private static final String LABELS = "labels";
  private static final String ANNOTATIONS = "annotations";
  private static final String SEPARATOR = ",";

  /** Changes {@code metadata} in place; of a Service of others only Flux is told to stay away. */
  void apply(KubeObject observed, ObjectNode metadata, boolean owned) {
    if (owned) {
      Trees.setTexts(metadata, LABELS, labels(observed));
      Trees.setTexts(metadata, ANNOTATIONS, annotations(observed));
    } else {
      Trees.putTexts(metadata, ANNOTATIONS, Names.FLUX_OFF);
    }
  }

  private Map<String, String> labels(KubeObject observed) {
    Map<String, String> own = new TreeMap<>(customLabels());
    own.put(label, name);
    return merged(LABELS, observed, observed.labels(), own, unmanaged().labels());
  }

  private Map<String, String> annotations(KubeObject observed) {
    Map<String, String> own = new TreeMap<>(customAnnotations());
    own.putAll(Names.FLUX_OFF);
    Map<String, String> merged =
        merged(ANNOTATIONS, observed, observed.annotations(), own, unmanaged().annotations());
    merged.remove(Names.OWN_KEYS);
    List<String> keys = ownKeys();
    if (!keys.isEmpty()) {
      merged.put(Names.OWN_KEYS, String.join(SEPARATOR, keys));
    }
    return merged;
  }

  private static Map<String, String> merged(
      String field,
      KubeObject observed,
      Map<String, String> live,
      Map<String, String> own,
      List<String> unmanaged) {
    List<String> formerKeys = List.of(observed.annotation(Names.OWN_KEYS).split(SEPARATOR, -1));
    Map<String, String> merged = new TreeMap<>(live);
    merged
        .keySet()
        .removeIf(key -> formerKeys.contains(field + "/" + key) && !unmanaged.contains(key));
    own.forEach(
        (key, value) -> {
          if (!unmanaged.contains(key) || !live.containsKey(key)) {
            merged.put(key, value);
          }
        });
    return merged;
  }

  private List<String> ownKeys() {
    List<String> keys = new ArrayList<>();
    new TreeMap<>(customAnnotations()).keySet().forEach(key -> keys.add(ANNOTATIONS + "/" + key));
    new TreeMap<>(customLabels()).keySet().forEach(key -> keys.add(LABELS + "/" + key));
    return keys;
  }

  private Map<String, String> customLabels() {
    return custom == null ? Map.of() : custom.labels();
  }

  private Map<String, String> customAnnotations() {
    return custom == null ? Map.of() : custom.annotations();
  }

  private UnmanagedMetadata unmanaged() {
    UnmanagedMetadata unmanaged = service.unmanagedMetadata();
    return unmanaged == null ? new UnmanagedMetadata(List.of(), List.of()) : unmanaged;
  }
}
