package io.serin.api;

import java.util.List;
import java.util.Map;

/**
 * One expression of a {@link LabelSelector}.
 *
 * @param key the label
 * @param operator how it is compared
 * @param values what it is compared with; none for {@link LabelOperator#EXISTS} and its opposite
 */
public record LabelExpression(String key, LabelOperator operator, List<String> values) {

  /** Copies the list. */
  public LabelExpression {
    values = List.copyOf(values);
  }

  static LabelExpression read(Fields f) {
    return new LabelExpression(
        f.text("key"),
        f.choice("operator", LabelOperator.values(), LabelOperator.IN),
        f.texts("values"));
  }

  boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }
}
