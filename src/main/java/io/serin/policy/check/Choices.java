package io.serin.policy.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a sweep gives to the components of a fact. A component that is not named takes
 * every value at which the policy tells facts apart.
 */
final class Choices {

  private final Map<String, List<?>> only = new HashMap<>();
  private final Map<String, List<?>> usually = new HashMap<>();

  /** These values and no others. */
  Choices only(String component, @Nullable Object... values) {
    return only(component, listed(values));
  }

  /** These values and no others. */
  Choices only(String component, List<?> values) {
    usually.remove(component);
    only.put(component, values);
    return this;
  }

  /** These values, and one more for each thing that the policy asks and none of them has. */
  Choices usually(String component, @Nullable Object... values) {
    only.remove(component);
    usually.put(component, listed(values));
    return this;
  }

  @Nullable List<?> only(String component) {
    return only.get(component);
  }

  @Nullable List<?> usually(String component) {
    return usually.get(component);
  }

  private static List<?> listed(@Nullable Object... values) {
    return Collections.unmodifiableList(Arrays.asList(values));
  }
}
