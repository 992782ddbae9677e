package io.serin.policy.check;

import io.serin.policy.profile.Expr;
import java.util.HashSet;
import java.util.Set;

/** The variables of an expression. */
final class Variables {

  private Variables() {}

  static Set<String> of(Expr e) {
    Set<String> names = new HashSet<>();
    collect(e, names);
    return names;
  }

  private static void collect(Expr e, Set<String> names) {
    switch (e) {
      case Expr.Constant c -> {}
      case Expr.Variable v -> names.add(v.name());
      case Expr.Field f -> {
        String of = f.of();
        if (of != null) {
          names.add(of);
        }
      }
      case Expr.Opposite o -> collect(o.inner(), names);
      case Expr.TextTest t -> {
        collect(t.on(), names);
        collect(t.argument(), names);
      }
      case Expr.Binary b -> {
        collect(b.left(), names);
        collect(b.right(), names);
      }
    }
  }
}
