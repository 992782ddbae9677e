package io.serin.policy.testing;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads YAML trees into records, with an error that names the key and what it may be. */
final class Yaml {

  private Yaml() {}

  /** A map, or an empty one for null. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value, String what) {
    return switch (value) {
      case null -> new LinkedHashMap<>();
      case Map<?, ?> m -> new LinkedHashMap<>((Map<String, Object>) m);
      default -> throw new CaseException(what + " is '" + value + "'; write a map of fields");
    };
  }

  /** A list; a single value is a list of one, null an empty list. */
  static List<?> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> l -> l;
      default -> List.of(value);
    };
  }

  static void only(Map<String, ?> map, String what, List<String> known) {
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw new CaseException(
            "%s has no field '%s'; it has %s".formatted(what, key, String.join(", ", known)));
      }
    }
  }

  /** A record from its defaults and what was written; what was written wins. */
  static <T extends Record> T fact(
      Class<T> type, Map<String, Object> defaults, Map<String, Object> written) {
    RecordComponent[] components = type.getRecordComponents();
    only(
        written,
        type.getSimpleName().toLowerCase(Locale.ROOT),
        Arrays.stream(components).map(RecordComponent::getName).toList());
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      types[i] = components[i].getType();
      Object value = written.containsKey(name) ? written.get(name) : defaults.get(name);
      values[i] = convert(value, types[i], type.getSimpleName() + "." + name);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static @Nullable Object convert(@Nullable Object value, Class<?> type, String what) {
    if (value == null) {
      if (!type.isPrimitive()) {
        return type == String.class ? "" : null;
      }
      return type == boolean.class ? false : convert(0, type, what);
    }
    if (type.isEnum()) {
      return constant(value, type, what);
    }
    if (type == String.class) {
      return String.valueOf(value);
    }
    if (type == boolean.class && value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number n && type != boolean.class) {
      return number(n, type, what);
    }
    throw new CaseException("%s is '%s'; write a %s".formatted(what, value, type.getSimpleName()));
  }

  private static Object number(Number n, Class<?> type, String what) {
    if (type != int.class && type != long.class) {
      return n.doubleValue();
    }
    try {
      BigDecimal exact = new BigDecimal(n.toString());
      return type == int.class ? (Object) exact.intValueExact() : (Object) exact.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CaseException("%s is %s; write a whole number that fits".formatted(what, n));
    }
  }

  /** A constant however it is written: {@code WaitingPromotion}, {@code WAITING_PROMOTION}. */
  static Object constant(Object value, Class<?> type, String what) {
    String wanted = plain(String.valueOf(value));
    for (Object constant : type.getEnumConstants()) {
      if (plain(((Enum<?>) constant).name()).equals(wanted)) {
        return constant;
      }
    }
    throw new CaseException(
        "%s is '%s'; write one of %s"
            .formatted(what, value, Arrays.toString(type.getEnumConstants())));
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
  }
}
