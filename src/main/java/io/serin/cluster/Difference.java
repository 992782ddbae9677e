package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What has to be written of an object, without what is not the writer's to say. */
final class Difference {
  private static final List<String> SERVER_OWNED =
      List.of("resourceVersion", "managedFields", "uid", "creationTimestamp", "generation");

  private Difference() {}

  /**
   * The merge patch that takes the observed object to the desired one; empty when there is none.
   */
  static ObjectNode between(KubeObject observed, KubeObject desired) {
    ObjectNode patch = MergePatch.between(observed.tree(), desired.tree());
    patch.remove("status");
    if (patch.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(SERVER_OWNED);
      if (metadata.has("annotations")) {
        nameAnnotations(metadata, observed, desired);
      }
      if (metadata.isEmpty()) {
        patch.remove("metadata");
      }
    }
    return patch;
  }

  /** The object as it is to be created. */
  static ObjectNode fromNothing(KubeObject desired) {
    ObjectNode tree = desired.tree().deepCopy();
    tree.remove("status");
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(SERVER_OWNED);
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(Names.CHECKSUM);
      }
    }
    return tree;
  }

  // Key by key: to remove the whole map would remove also those that the caches leave out.
  private static void nameAnnotations(
      ObjectNode metadata, KubeObject observed, KubeObject desired) {
    ObjectNode annotations =
        MergePatch.between(
            observed.at("metadata", "annotations"), desired.at("metadata", "annotations"));
    annotations.remove(Names.CHECKSUM);
    if (annotations.isEmpty()) {
      metadata.remove("annotations");
    } else {
      metadata.set("annotations", annotations);
    }
  }
}
