package io.serin.traffic;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays a wanted tree over an observed one. Fields that the wanted tree does not name survive, an
 * explicit null removes a field. Neither argument is changed.
 */
final class Overlay {
  /** What tells the elements of a list apart: filters, header conditions, backends. */
  private static final List<String> IDENTITY = List.of("type", "name");

  private Overlay() {}

  /** Goes down into objects and lists; a list gets the wanted length. */
  static JsonNode deep(JsonNode observed, JsonNode wanted) {
    return switch (wanted) {
      case ObjectNode object -> object(observed, object);
      case ArrayNode array -> array(observed, array);
      default -> wanted;
    };
  }

  /** The first level only: a field that is wanted replaces the observed one as a whole. */
  static ObjectNode shallow(JsonNode observed, ObjectNode wanted) {
    ObjectNode result = copyOrNew(observed);
    wanted.forEachEntry((name, value) -> put(result, name, value, plain(value)));
    return result;
  }

  /** The wanted tree by itself: its explicit nulls are gone. */
  static JsonNode plain(JsonNode wanted) {
    return deep(MissingNode.getInstance(), wanted);
  }

  private static ObjectNode object(JsonNode observed, ObjectNode wanted) {
    ObjectNode result = copyOrNew(observed);
    wanted.forEachEntry(
        (name, value) -> put(result, name, value, deep(observed.path(name), value)));
    return result;
  }

  private static void put(ObjectNode result, String name, JsonNode wanted, JsonNode merged) {
    if (wanted.isNull()) {
      result.remove(name);
    } else {
      result.set(name, merged);
    }
  }

  private static ArrayNode array(JsonNode observed, ArrayNode wanted) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode element = wanted.get(i);
      JsonNode before = observed.isArray() ? observed.path(i) : MissingNode.getInstance();
      result.add(sameThing(before, element) ? deep(before, element) : plain(element));
    }
    return result;
  }

  private static boolean sameThing(JsonNode observed, JsonNode wanted) {
    return IDENTITY.stream()
        .allMatch(key -> !wanted.has(key) || wanted.path(key).equals(observed.path(key)));
  }

  private static ObjectNode copyOrNew(JsonNode observed) {
    return observed instanceof ObjectNode object
        ? object.deepCopy()
        : JsonNodeFactory.instance.objectNode();
  }
}
