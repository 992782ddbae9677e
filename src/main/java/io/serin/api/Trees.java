package io.serin.api;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes parts of a spec as JSON again, for routes that take them over: a match, a retry policy,
 * header operations. Empty texts, lists and maps, zeros and false are left out, as absent fields
 * are.
 */
public final class Trees {
  private Trees() {}

  /** The JSON of a record of this package. */
  public static ObjectNode of(Record record) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      put(tree, component.getName(), value(record, component));
    }
    return tree;
  }

  /** The JSON of a list of records of this package. */
  public static ArrayNode of(List<? extends Record> records) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    records.forEach(record -> tree.add(of(record)));
    return tree;
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(record);
      return value == null ? "" : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + component.getName() + " of " + record.getClass().getSimpleName(), e);
    }
  }

  private static void put(ObjectNode tree, String name, Object value) {
    boolean absent =
        switch (value) {
          case String text -> text.isEmpty();
          case Integer number -> number == 0;
          case Boolean flag -> !flag;
          case List<?> list -> list.isEmpty();
          case Map<?, ?> map -> map.isEmpty();
          default -> false;
        };
    if (!absent) {
      tree.set(name, node(value));
    }
  }

  private static JsonNode node(Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case JsonNode node -> node;
      case String text -> json.stringNode(text);
      case Integer number -> json.numberNode(number);
      case Double number -> json.numberNode(number);
      case Boolean flag -> json.booleanNode(flag);
      case WireName named -> json.stringNode(named.wireName());
      case IntOrString port -> port.toTree();
      case Record record -> of(record);
      case List<?> list -> {
        ArrayNode array = json.arrayNode();
        list.forEach(element -> array.add(node(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = json.objectNode();
        map.forEach((key, element) -> object.set((String) key, node(element)));
        yield object;
      }
      default ->
          throw new IllegalArgumentException(
              "no JSON form for a " + value.getClass().getSimpleName());
    };
  }
}
