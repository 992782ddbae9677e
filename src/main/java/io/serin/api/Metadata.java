package io.serin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Serin reads of an object's metadata. */
public record Metadata(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    long generation,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    @Nullable Instant creationTimestamp,
    @Nullable Instant deletionTimestamp) {

  public Metadata {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    finalizers = List.copyOf(finalizers);
  }

  public static Metadata of(KubeObject object) {
    return new Metadata(
        object.namespace(),
        object.name(),
        object.uid(),
        object.resourceVersion(),
        object.generation(),
        object.labels(),
        object.annotations(),
        object.finalizers(),
        object.creationTimestamp(),
        object.deletionTimestamp());
  }

  public boolean isDeleting() {
    return deletionTimestamp != null;
  }

  /** The annotation's value, empty when absent. */
  public String annotation(String key) {
    return annotations.getOrDefault(key, "");
  }

  /** Whether the annotation says {@code true}, in any case. */
  public boolean isAnnotated(String key) {
    return annotation(key).equalsIgnoreCase("true");
  }
}
