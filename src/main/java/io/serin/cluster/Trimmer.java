package io.serin.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.serin.api.ConfigChecksum;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves out of an object what nobody here reads: who managed which field, kubectl's copy of the
 * whole object, and the data of ConfigMaps and Secrets, of which the checksum stays. Only change
 * calendars and policies keep theirs.
 */
final class Trimmer {
  private static final List<String> DATA = List.of("data", "binaryData", "stringData");

  private Trimmer() {}

  /** What an informer brought; its metadata is trimmed in place. */
  static Stored trim(ApiResource kind, GenericKubernetesResource resource) {
    // Items of a list come without their kind.
    resource.setApiVersion(kind.apiVersion());
    resource.setKind(kind.kind());
    ObjectMeta metadata = resource.getMetadata();
    metadata.setManagedFields(null);
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && annotations.containsKey(Names.LAST_APPLIED_CONFIGURATION)) {
      metadata.setAnnotations(without(annotations, Names.LAST_APPLIED_CONFIGURATION));
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(resource);
    if (!holdsData(kind.apiVersion(), kind.kind())) {
      return new Stored(metadata.getResourceVersion(), json);
    }
    return Stored.of(checksummed(JsonMapper.shared().readTree(json).asObject()));
  }

  /** What the API server answered to a write. */
  static Stored trim(byte[] answer) {
    ObjectNode tree = JsonMapper.shared().readTree(answer).asObject();
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(Names.LAST_APPLIED_CONFIGURATION);
      }
    }
    KubeObject object = new KubeObject(tree);
    return Stored.brief(holdsData(object.apiVersion(), object.kind()) ? checksummed(tree) : object);
  }

  static boolean holdsData(String apiVersion, String kind) {
    return apiVersion.equals("v1") && (kind.equals("ConfigMap") || kind.equals("Secret"));
  }

  /** Calendars and policies are read, so their texts stay; a Secret's data never does. */
  private static boolean kept(ObjectNode tree) {
    return tree.path("kind").asString("").equals("ConfigMap")
        && (tree.path("metadata").path("labels").has(Names.CALENDAR)
            || tree.path("metadata").path("labels").has(Names.POLICY));
  }

  private static KubeObject checksummed(ObjectNode tree) {
    String checksum = ConfigChecksum.of(new KubeObject(tree));
    if (!kept(tree)) {
      tree.remove(DATA);
    }
    ObjectNode metadata = tree.withObject("metadata");
    JsonNode annotations = metadata.path("annotations");
    ObjectNode target =
        annotations instanceof ObjectNode known ? known : metadata.putObject("annotations");
    target.put(Names.CHECKSUM, checksum);
    return new KubeObject(tree);
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.remove(key);
    return copy;
  }
}
