package io.serin.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of records with many components, of which a test is about a few. */
public final class Records {
  private Records() {}

  /** A copy with one component replaced. */
  public static <R extends Record> R with(R record, String component, @Nullable Object value) {
    Map<String, @Nullable Object> changes = new HashMap<>();
    changes.put(component, value);
    return with(record, changes);
  }

  /** A copy with the components of these names replaced. */
  public static <R extends Record> R with(
      R record, Map<String, ? extends @Nullable Object> changes) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] values = new @Nullable Object[components.length];
    Map<String, @Nullable Object> left = new HashMap<>(changes);
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        values[i] =
            left.containsKey(name) ? left.remove(name) : components[i].getAccessor().invoke(record);
      }
      if (!left.isEmpty()) {
        throw new IllegalArgumentException(record.getClass() + " has no " + left.keySet());
      }
      @SuppressWarnings("unchecked")
      Constructor<R> canonical = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
