package io.serin.traffic;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Small trees. Where a field is empty it becomes an explicit null, which {@link Overlay} takes as
 * "not there".
 */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array(Collection<? extends JsonNode> elements) {
    return JsonNodeFactory.instance.arrayNode().addAll(elements);
  }

  static JsonNode arrayOrNull(Collection<? extends JsonNode> elements) {
    return elements.isEmpty() ? JsonNodeFactory.instance.nullNode() : array(elements);
  }

  static JsonNode textOrNull(String text) {
    return text.isEmpty()
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.stringNode(text);
  }

  static JsonNode numberOrNull(int number) {
    return number == 0
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.numberNode(number);
  }

  static JsonNode textsOrNull(Collection<String> texts) {
    return arrayOrNull(texts.stream().map(JsonNodeFactory.instance::stringNode).toList());
  }

  static JsonNode mapOrNull(Map<String, String> map) {
    ObjectNode node = object();
    new TreeMap<>(map).forEach(node::put);
    return node.isEmpty() ? JsonNodeFactory.instance.nullNode() : node;
  }

  /** The child object of this name, put there when it is missing. */
  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
  }
}
