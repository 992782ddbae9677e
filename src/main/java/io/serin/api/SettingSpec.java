package io.serin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A setting of a promotion policy: a number, a duration or a text, and how far a Canary may change
 * it. A side without a bound cannot be changed.
 *
 * @param name as rules and annotations name it
 * @param number its value when it is a number; null otherwise
 * @param min smallest number that a Canary may ask for
 * @param max largest number that a Canary may ask for
 * @param duration its value when it is a duration, such as {@code 10m}; empty otherwise
 * @param shortest shortest duration that a Canary may ask for
 * @param longest longest duration that a Canary may ask for
 * @param text its value when it is a text; null otherwise
 * @param oneOf texts that a Canary may ask for
 */
public record SettingSpec(
    String name,
    @Nullable Double number,
    @Nullable Double min,
    @Nullable Double max,
    String duration,
    String shortest,
    String longest,
    @Nullable String text,
    List<String> oneOf) {

  /** Copies the list. */
  public SettingSpec {
    oneOf = List.copyOf(oneOf);
  }

  static SettingSpec read(Fields f) {
    return new SettingSpec(
        f.text("name"),
        f.number("number"),
        f.number("min"),
        f.number("max"),
        f.text("duration"),
        f.text("shortest"),
        f.text("longest"),
        f.has("text") ? f.text("text") : null,
        f.texts("oneOf"));
  }

  ObjectNode toTree() {
    ObjectNode tree = Trees.of(this);
    if (text != null) {
      // An empty text is a value, unlike an absent one.
      tree.put("text", text);
    }
    return tree;
  }
}
