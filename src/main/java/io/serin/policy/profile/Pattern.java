package io.serin.policy.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact of a type for which constraints hold.
 *
 * @param binding variable that holds the fact, or null
 * @param fact its type
 * @param bound variables that hold attributes of it
 * @param constraints what must hold, all of it
 * @param line where it stands
 */
public record Pattern(
    @Nullable String binding,
    Class<?> fact,
    Map<String, Attribute> bound,
    List<Constraint> constraints,
    int line) {

  /** Copies the collections. */
  public Pattern {
    bound = Map.copyOf(bound);
    constraints = List.copyOf(constraints);
  }
}
