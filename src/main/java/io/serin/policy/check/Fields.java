package io.serin.policy.check;

import io.serin.policy.profile.Expr;
import java.util.LinkedHashSet;
import java.util.Set;

/** The attributes of facts that an expression reads. */
final class Fields {

  private Fields() {}

  static Set<Expr.Field> of(Expr e) {
    Set<Expr.Field> fields = new LinkedHashSet<>();
    collect(e, fields);
    return fields;
  }

  private static void collect(Expr e, Set<Expr.Field> fields) {
    switch (e) {
      case Expr.Constant _, Expr.Variable _ -> {}
      case Expr.Field f -> fields.add(f);
      case Expr.Opposite o -> collect(o.inner(), fields);
      case Expr.TextTest t -> {
        collect(t.on(), fields);
        collect(t.argument(), fields);
      }
      case Expr.Binary b -> {
        collect(b.left(), fields);
        collect(b.right(), fields);
      }
    }
  }
}
