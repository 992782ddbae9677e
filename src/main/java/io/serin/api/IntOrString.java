package io.serin.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A port by number or by name, as Kubernetes' IntOrString. {@code number} counts only while {@code
 * name} is empty.
 */
public record IntOrString(int number, String name) {

  public static IntOrString of(int number) {
    return new IntOrString(number, "");
  }

  public static IntOrString of(String name) {
    return new IntOrString(0, name);
  }

  public boolean isNumber() {
    return name.isEmpty();
  }

  /** The JSON form, of the same type as it was read. */
  public JsonNode toTree() {
    return isNumber()
        ? JsonNodeFactory.instance.numberNode(number)
        : JsonNodeFactory.instance.stringNode(name);
  }

  @Override
  public String toString() {
    return isNumber() ? Integer.toString(number) : name;
  }
}
