package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Edits of JSON trees that several objects share. */
final class Trees {
  private Trees() {}

  /** The object below the key, made when there is none. */
  static ObjectNode object(ObjectNode parent, String key) {
    return parent.get(key) instanceof ObjectNode child ? child : parent.putObject(key);
  }

  /** Makes the field hold exactly these texts; it goes when there are none. */
  static void setTexts(ObjectNode parent, String field, Map<String, String> texts) {
    parent.remove(field);
    if (!texts.isEmpty()) {
      putTexts(parent, field, texts);
    }
  }

  /** Adds texts to those that are there. */
  static void putTexts(ObjectNode parent, String field, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      new TreeMap<>(texts).forEach(object(parent, field)::put);
    }
  }

  /** Makes each field equal to the source's, absent where the source has none. */
  static void copyFields(JsonNode source, ObjectNode sink, List<String> fields) {
    for (String field : fields) {
      copyField(source, sink, field);
    }
  }

  static void copyField(JsonNode source, ObjectNode sink, String field) {
    JsonNode value = source.path(field);
    if (value.isMissingNode() || value.isNull()) {
      sink.remove(field);
    } else {
      sink.set(field, value.deepCopy());
    }
  }

  /** Makes the canary the object's controller, so that the object goes when the canary goes. */
  static void own(ObjectNode metadata, Canary canary) {
    metadata.putArray("ownerReferences").add(ownerReference(canary, true));
  }

  static ObjectNode ownerReference(Canary canary, boolean controller) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", Names.FLAGGER_API_VERSION)
        .put("kind", Names.CANARY)
        .put("name", canary.name())
        .put("uid", canary.metadata().uid())
        .put("controller", controller)
        .put("blockOwnerDeletion", controller);
  }

  /** Whether a canary of this name controls the object. */
  static boolean isOwned(KubeObject object, Canary canary) {
    return isCanarys(object) && object.controllerOwner().orElseThrow().name().equals(canary.name());
  }

  /** Whether some canary controls the object. */
  static boolean isCanarys(KubeObject object) {
    return object.controllerOwner().filter(owner -> owner.kind().equals(Names.CANARY)).isPresent();
  }
}
