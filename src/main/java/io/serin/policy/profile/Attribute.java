package io.serin.policy.profile;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may read of a fact: a component of the record or a getter beside them.
 *
 * @param owner the fact
 * @param name name as rules write it
 * @param type type of its value
 * @param component it is stored in the record; otherwise it is derived from what is stored
 * @param accessor reads it
 */
public record Attribute(
    Class<?> owner, String name, Type type, boolean component, Method accessor) {

  /** Its value in that fact; null when absent. */
  public @Nullable Object of(Object fact) {
    try {
      return accessor.invoke(fact);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(owner.getSimpleName() + "." + name + " cannot be read", e);
    }
  }

  /** {@code Rollout.weight}. */
  @Override
  public String toString() {
    return owner.getSimpleName() + "." + name;
  }
}
