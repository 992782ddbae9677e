package io.serin.workload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
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
}
