package io.serin.cluster;

import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON merge patches, <a href="https://www.rfc-editor.org/rfc/rfc7386">RFC 7386</a>. Such a patch
 * cannot store a null, so a member that is null counts as absent; lists are replaced as a whole.
 */
final class MergePatch {
  // A tree that was built in memory holds 5 as a long where a parsed one holds an int.
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private MergePatch() {}

  /** The smallest patch that makes {@code to} of {@code from}; empty when they say the same. */
  static ObjectNode between(JsonNode from, JsonNode to) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (String name : from.propertyNames()) {
      if (isAbsent(to.path(name)) && !isAbsent(from.path(name))) {
        patch.putNull(name);
      }
    }
    for (Map.Entry<String, JsonNode> member : to.properties()) {
      if (!isAbsent(member.getValue())) {
        putDifference(patch, member.getKey(), from.path(member.getKey()), member.getValue());
      }
    }
    return patch;
  }

  /** The target with the patch applied; neither is changed. */
  static ObjectNode apply(JsonNode target, ObjectNode patch) {
    ObjectNode result =
        target.isObject()
            ? ((ObjectNode) target).deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        result.remove(member.getKey());
      } else if (value instanceof ObjectNode nested) {
        result.set(member.getKey(), apply(result.path(member.getKey()), nested));
      } else {
        result.set(member.getKey(), value);
      }
    }
    return result;
  }

  private static void putDifference(ObjectNode patch, String name, JsonNode from, JsonNode to) {
    if (from.isObject() && to.isObject()) {
      ObjectNode nested = between(from, to);
      if (!nested.isEmpty()) {
        patch.set(name, nested);
      }
    } else if (to instanceof ObjectNode object) {
      patch.set(name, between(JsonNodeFactory.instance.objectNode(), object));
    } else if (!from.equals(BY_VALUE, to)) {
      patch.set(name, to);
    }
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
