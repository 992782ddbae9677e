package io.serin.policy.check;

import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Expr.Operator;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Type;
import java.util.List;
import java.util.Set;

/**
 * Tests that are decided by trying the values at which they change. Others may hold at a value that
 * nobody tried, so that nothing is said about them.
 */
final class Decidable {

  private static final Set<Operator> REACHED =
      Set.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY);

  private Decidable() {}

  static boolean rule(Rule rule) {
    return Reads.patterns(rule).stream().map(Pattern::constraints).allMatch(Decidable::all);
  }

  static boolean all(List<Constraint> constraints) {
    return constraints.stream().map(Constraint::test).allMatch(e -> test(e) && !place(e));
  }

  /** It asks for a certain place in the Canary's list, which a sweep gives out as it likes. */
  private static boolean place(Expr test) {
    return !test.joins() && test.fields().anyMatch(f -> f.attribute().name().equals("order"));
  }

  private static boolean test(Expr e) {
    return switch (e) {
      case Expr.Constant _, Expr.Variable _ -> true;
      case Expr.Field f -> f.type().kind() == Type.Kind.TRUTH || f.attribute().component();
      case Expr.Opposite o -> test(o.inner());
      case Expr.TextTest t -> t.argument() instanceof Expr.Constant && test(t.on());
      case Expr.Binary(Operator operator, Expr left, Expr right) ->
          test(left) && test(right) && (!reckons(e, operator) || linear(e));
    };
  }

  private static boolean reckons(Expr e, Operator operator) {
    return operator != Operator.AND
        && operator != Operator.OR
        && e instanceof Expr.Binary b
        && (reckoned(b.left()) || reckoned(b.right()));
  }

  private static boolean reckoned(Expr e) {
    return e instanceof Expr.Binary b && REACHED.contains(b.operator());
  }

  /** It is about one attribute, which stands in it once. */
  private static boolean linear(Expr e) {
    return e.leaves().filter(leaf -> !(leaf instanceof Expr.Constant)).count() <= 1;
  }
}
