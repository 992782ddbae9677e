package io.serin.traffic;

import io.serin.api.KubeObject;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is wanted of a route while the Canary's spec cannot be converted to one. */
final class Unconvertible {
  private Unconvertible() {}

  /** No traffic is changed, except that it can be taken back. */
  static List<KubeObject> desired(
      Split split, @Nullable KubeObject observed, UnaryOperator<KubeObject> withdrawn) {
    if (observed == null) {
      return List.of();
    }
    return List.of(split.canary() == 0 ? withdrawn.apply(observed) : observed);
  }
}
