package io.serin.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the fields of one JSON object leniently: an absent or null field has its default, a field
 * of the wrong type has it too and leaves a finding. Stored objects may predate the schema or have
 * passed a laxer one, and one bad object must not hide the others.
 */
final class Fields {
  private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

  private final JsonNode node;
  private final String path;
  private final List<Finding> findings;

  Fields(JsonNode node, String path, List<Finding> findings) {
    this.node = node;
    this.path = path;
    this.findings = findings;
  }

  /** The fields of an absent object. */
  static Fields none() {
    return new Fields(MissingNode.getInstance(), "", new ArrayList<>());
  }

  String text(String name) {
    return text(name, "");
  }

  String text(String name, String otherwise) {
    JsonNode value = present(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isString()) {
      wrongType(at(name), value, "a text");
      return otherwise;
    }
    return value.stringValue().isEmpty() ? otherwise : value.stringValue();
  }

  int whole(String name, int otherwise) {
    Integer value = wholeOrNull(name);
    return value == null ? otherwise : value;
  }

  @Nullable Integer wholeOrNull(String name) {
    JsonNode value = present(name);
    return value == null ? null : whole(at(name), value);
  }

  @Nullable Double number(String name) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (!isFinite(value)) {
      wrongType(at(name), value, "a number");
      return null;
    }
    return value.decimalValue().doubleValue();
  }

  boolean flag(String name) {
    JsonNode value = present(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      wrongType(at(name), value, "true or false");
    }
    return value.booleanValue(false);
  }

  Duration duration(String name, Duration otherwise) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return GoDuration.tryParse(text).orElseGet(() -> unreadable(name, text, otherwise));
  }

  private Duration unreadable(String name, String text, Duration otherwise) {
    warn(
        name,
        "is \"%s\", which is no duration: %s is used; write for example 30s or 1m30s"
            .formatted(text, GoDuration.format(otherwise)));
    return otherwise;
  }

  @Nullable Instant instant(String name) {
    String text = text(name);
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      warn(name, "is \"%s\", which is no RFC 3339 time: it is ignored".formatted(text));
      return null;
    }
  }

  /**
   * An enum by its wire name; an unknown text is an error, because guessing could shift traffic.
   */
  <E extends Enum<E> & WireName> E choice(String name, E[] values, E otherwise) {
    String text = text(name);
    for (E value : values) {
      if (value.wireName().equals(text)) {
        return text.isEmpty() ? otherwise : value;
      }
    }
    if (!text.isEmpty()) {
      error(name, "is \"%s\"; write one of %s".formatted(text, wireNames(values)));
    }
    return otherwise;
  }

  private static <E extends Enum<E> & WireName> String wireNames(E[] values) {
    return Arrays.stream(values)
        .map(WireName::wireName)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(", "));
  }

  @Nullable IntOrString intOrString(String name) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (value.isString()) {
      return IntOrString.of(value.stringValue());
    }
    Integer number = whole(at(name), value);
    return number == null ? null : IntOrString.of(number);
  }

  List<String> texts(String name) {
    return elements(name, Fields::textElement);
  }

  List<Integer> wholes(String name) {
    return elements(name, Fields::whole);
  }

  <T> List<T> list(String name, Function<Fields, T> reader) {
    return elements(name, (self, at, value) -> self.objectAt(at, value, reader));
  }

  Map<String, String> textMap(String name) {
    return entries(name, Fields::textElement);
  }

  Map<String, List<String>> textsMap(String name) {
    return entries(name, (self, at, value) -> self.elements(at, value, Fields::textElement));
  }

  <T> Map<String, T> map(String name, Function<Fields, T> reader) {
    return entries(name, (self, at, value) -> self.objectAt(at, value, reader));
  }

  <T> @Nullable T object(String name, Function<Fields, T> reader) {
    JsonNode value = present(name);
    return value == null ? null : objectAt(at(name), value, reader);
  }

  /** An object that has defaults throughout, so that absence needs no null. */
  <T> T objectOrEmpty(String name, Function<Fields, T> reader) {
    T value = object(name, reader);
    return value == null
        ? reader.apply(new Fields(MissingNode.getInstance(), at(name), findings))
        : value;
  }

  /** A subtree that is handed on as it is. Do not change it. */
  @Nullable JsonNode blob(String name) {
    JsonNode value = present(name);
    if (value != null && !value.isObject()) {
      wrongType(at(name), value, "an object");
      return null;
    }
    return value;
  }

  boolean has(String name) {
    return present(name) != null;
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void warn(String name, String message) {
    note(Finding.warning(at(name), message));
  }

  void error(String name, String message) {
    note(Finding.error(at(name), message));
  }

  private interface Element<T> {
    @Nullable T read(Fields self, String at, JsonNode value);
  }

  private <T> List<T> elements(String name, Element<T> element) {
    JsonNode value = present(name);
    return value == null ? List.of() : elements(at(name), value, element);
  }

  private <T> List<T> elements(String at, JsonNode value, Element<T> element) {
    if (!value.isArray()) {
      wrongType(at, value, "a list");
      return List.of();
    }
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      T read = element.read(this, at + "[" + i + "]", value.path(i));
      if (read != null) {
        elements.add(read);
      }
    }
    return List.copyOf(elements);
  }

  private <T> Map<String, T> entries(String name, Element<T> element) {
    JsonNode value = present(name);
    if (value == null) {
      return Map.of();
    }
    if (!value.isObject()) {
      wrongType(at(name), value, "a map");
      return Map.of();
    }
    Map<String, T> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      T read = element.read(this, at(name) + "." + entry.getKey(), entry.getValue());
      if (read != null) {
        entries.put(entry.getKey(), read);
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private @Nullable String textElement(String at, JsonNode value) {
    if (!value.isString()) {
      wrongType(at, value, "a text");
      return null;
    }
    return value.stringValue();
  }

  private @Nullable Integer whole(String at, JsonNode value) {
    if (!isFinite(value)) {
      wrongType(at, value, "a whole number");
      return null;
    }
    BigDecimal number = value.decimalValue();
    if (number.abs().compareTo(MAX_INT) > 0) {
      wrongType(at, value, "a whole number up to " + Integer.MAX_VALUE);
      return null;
    }
    int whole = number.intValue();
    if (number.compareTo(BigDecimal.valueOf(whole)) != 0) {
      note(
          Finding.warning(
              at, "is %s: %d is used; write a whole number".formatted(value.asString(), whole)));
    }
    return whole;
  }

  /** JSON has no infinity, but a number such as 1e999 becomes one. */
  static boolean isFinite(JsonNode value) {
    return value.isNumber() && (value.isIntegralNumber() || Double.isFinite(value.doubleValue()));
  }

  private <T> @Nullable T objectAt(String at, JsonNode value, Function<Fields, T> reader) {
    if (!value.isObject()) {
      wrongType(at, value, "an object");
      return null;
    }
    return reader.apply(new Fields(value, at, findings));
  }

  private void wrongType(String at, JsonNode value, String expected) {
    note(
        Finding.warning(
            at, "is %s: it is ignored; write %s".formatted(shortened(value), expected)));
  }

  private static String shortened(JsonNode value) {
    String json = value.toString();
    return json.length() <= 60 ? json : json.substring(0, 57) + "...";
  }

  /** A field may be read more than once; what is wrong with it is said once. */
  private void note(Finding finding) {
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  private @Nullable JsonNode present(String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? null : value;
  }
}
