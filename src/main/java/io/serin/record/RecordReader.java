package io.serin.record;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/**
 * Reads objects of JSON into records, for the one place where that is most of the work: replays. It
 * expects the fields in the order of the components, which is how they are written, and understands
 * only the plain shape of each value; anything else is {@link Unusual} and left to databind.
 * Thread-safe.
 */
final class RecordReader {

  /** Values that are no numbers are written as texts. */
  private static final Map<String, Double> NO_NUMBERS =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY);

  private static final int END = -2;
  private static final int UNKNOWN = -1;

  private final SerializedString[] names;
  private final Value[] values;
  private final @Nullable Object[] missing;
  private final Function<@Nullable Object[], Object> constructor;

  private RecordReader(Class<?> record, Values all) {
    RecordComponent[] components = record.getRecordComponents();
    names =
        Arrays.stream(components)
            .map(c -> new SerializedString(c.getName()))
            .toArray(SerializedString[]::new);
    values = Arrays.stream(components).map(all::of).toArray(Value[]::new);
    missing = Arrays.stream(components).map(c -> missing(c.getType())).toArray();
    constructor = constructor(record, components);
  }

  /**
   * A reader.
   *
   * @param record what it reads
   * @param instead what components have, named {@code Record.component}, that are skipped
   * @param subtypes records by verb, for components whose type is a sealed interface
   */
  static RecordReader of(
      Class<?> record, Map<String, Object> instead, Map<Class<?>, Map<String, Class<?>>> subtypes) {
    return new Values(instead, subtypes).reader(record);
  }

  /** It is not of the plain shape. */
  static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusual(JsonParser at) {
      super(at.currentToken() + " at " + at.currentTokenLocation(), null, false, false);
    }
  }

  /** Reads the value whose first token is the current one, up to its last. */
  @FunctionalInterface
  private interface Value {
    Object read(JsonParser from);
  }

  /** The object whose first token, or the name before its next field, is the current one. */
  Object read(JsonParser from) {
    @Nullable Object[] arguments = missing.clone();
    int next = 0;
    while (true) {
      int at = next < names.length && from.nextName(names[next]) ? next : other(from, next);
      if (at == END) {
        return constructor.apply(arguments);
      }
      from.nextToken();
      if (at == UNKNOWN) {
        from.skipChildren();
      } else {
        arguments[at] = values[at].read(from);
        next = at + 1;
      }
    }
  }

  private int other(JsonParser from, int expected) {
    String name = expected < names.length ? from.currentName() : from.nextName();
    if (from.currentToken() == JsonToken.END_OBJECT) {
      return END;
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].getValue().equals(name)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** A class of its own, which is compiled together with the record's; a handle alone is not. */
  @SuppressWarnings("unchecked") // what a handle is turned into knows no type parameters
  private static Function<@Nullable Object[], Object> constructor(
      Class<?> record, RecordComponent[] components) {
    MethodType type =
        MethodType.methodType(
            void.class, Arrays.stream(components).map(RecordComponent::getType).toList());
    try {
      return MethodHandleProxies.asInterfaceInstance(
          Function.class,
          MethodHandles.lookup()
              .findConstructor(record, type)
              .asSpreader(Object[].class, components.length));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(record + " cannot be made", e);
    }
  }

  private static @Nullable Object missing(Class<?> type) {
    return type == List.class ? List.of() : Array.get(Array.newInstance(type, 1), 0);
  }

  /** How each type is read. */
  private static final class Values {

    private final Map<String, Object> instead;
    private final Map<Class<?>, Map<String, Class<?>>> subtypes;
    private final Map<Class<?>, RecordReader> readers = new HashMap<>();

    Values(Map<String, Object> instead, Map<Class<?>, Map<String, Class<?>>> subtypes) {
      this.instead = instead;
      this.subtypes = subtypes;
    }

    RecordReader reader(Class<?> record) {
      RecordReader known = readers.get(record);
      RecordReader reader = known != null ? known : new RecordReader(record, this);
      readers.put(record, reader);
      return reader;
    }

    Value of(RecordComponent c) {
      Object fixed = instead.get(c.getDeclaringRecord().getSimpleName() + "." + c.getName());
      return fixed == null ? of(c.getGenericType()) : from -> skip(from, fixed);
    }

    private Value of(Type type) {
      if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
        return list(of(list.getActualTypeArguments()[0]));
      }
      if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
        return RecordReader::texts;
      }
      return ofClass((Class<?>) type);
    }

    private Value ofClass(Class<?> type) {
      if (type == String.class) {
        return RecordReader::text;
      } else if (type == int.class || type == Integer.class) {
        return from -> number(from).getIntValue();
      } else if (type == long.class || type == Long.class) {
        return from -> number(from).getLongValue();
      } else if (type == double.class || type == Double.class) {
        return RecordReader::real;
      } else if (type == boolean.class) {
        return RecordReader::flag;
      } else if (type == Instant.class) {
        return from -> Instant.parse(text(from));
      } else if (type.isEnum()) {
        return constant(type);
      } else if (type.isRecord()) {
        RecordReader reader = reader(type);
        return from -> reader.read(require(from, JsonToken.START_OBJECT));
      }
      Map<String, Class<?>> types = subtypes.get(type);
      if (types == null) {
        throw new IllegalArgumentException("nothing is known about reading " + type);
      }
      return byVerb(types);
    }

    private Value byVerb(Map<String, Class<?>> types) {
      Map<String, RecordReader> verbs = new HashMap<>();
      types.forEach((verb, type) -> verbs.put(verb, reader(type)));
      SerializedString first = new SerializedString("verb");
      return from -> {
        if (!require(from, JsonToken.START_OBJECT).nextName(first)) {
          throw new Unusual(from);
        }
        from.nextToken();
        return known(verbs.get(text(from)), from).read(from);
      };
    }
  }

  private static Value constant(Class<?> type) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return from -> known(constants.get(text(from)), from);
  }

  private static Value list(Value element) {
    return from -> {
      require(from, JsonToken.START_ARRAY);
      if (from.nextToken() == JsonToken.END_ARRAY) {
        return List.of();
      }
      List<Object> all = new ArrayList<>();
      do {
        all.add(element.read(from));
      } while (from.nextToken() != JsonToken.END_ARRAY);
      return all;
    };
  }

  private static Map<String, String> texts(JsonParser from) {
    require(from, JsonToken.START_OBJECT);
    Map<String, String> all = new HashMap<>();
    for (String name = from.nextName(); name != null; name = from.nextName()) {
      from.nextToken();
      all.put(name, text(from));
    }
    return all;
  }

  private static Object real(JsonParser from) {
    return switch (from.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> from.getDoubleValue();
      case VALUE_STRING -> known(NO_NUMBERS.get(text(from)), from);
      default -> throw new Unusual(from);
    };
  }

  private static Object flag(JsonParser from) {
    return switch (from.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new Unusual(from);
    };
  }

  private static String text(JsonParser from) {
    return require(from, JsonToken.VALUE_STRING).getString();
  }

  private static JsonParser number(JsonParser from) {
    return require(from, JsonToken.VALUE_NUMBER_INT);
  }

  private static Object skip(JsonParser from, Object instead) {
    from.skipChildren();
    return instead;
  }

  private static JsonParser require(JsonParser from, JsonToken token) {
    if (from.currentToken() != token) {
      throw new Unusual(from);
    }
    return from;
  }

  private static <T> T known(@Nullable T value, JsonParser at) {
    if (value == null) {
      throw new Unusual(at);
    }
    return value;
  }
}
