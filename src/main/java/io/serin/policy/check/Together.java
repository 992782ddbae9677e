package io.serin.policy.check;

import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many facts of each type a rule needs at the same time; more than there are, at worst. */
final class Together {

  private Together() {}

  static Map<Class<?>, Integer> of(Rule rule) {
    return all(rule.when());
  }

  private static Map<Class<?>, Integer> all(List<Condition> conditions) {
    Map<Class<?>, Integer> sum = new HashMap<>();
    conditions.forEach(c -> of(c).forEach((fact, count) -> sum.merge(fact, count, Integer::sum)));
    return sum;
  }

  private static Map<Class<?>, Integer> of(Condition condition) {
    return switch (condition) {
      case Condition.Match m -> Map.of(m.pattern().fact(), 1);
      case Condition.None _ -> Map.of();
      case Condition.Some s -> of(s.inner());
      case Condition.Every e -> Map.of(e.base().fact(), 1);
      case Condition.Both b -> all(b.parts());
      case Condition.Either e -> {
        Map<Class<?>, Integer> most = new HashMap<>();
        e.parts().forEach(part -> of(part).forEach((fact, n) -> most.merge(fact, n, Math::max)));
        yield most;
      }
      case Condition.Accumulated a -> Map.of(a.source().fact(), counted(a.constraints()));
    };
  }

  /** Enough for any number that a count is compared with. */
  private static int counted(List<Constraint> constraints) {
    int most = 1;
    for (Constraint constraint : constraints) {
      most = Math.max(most, largest(constraint.test()) + 1);
    }
    return most;
  }

  private static int largest(Expr e) {
    return e.leaves().mapToInt(Together::number).max().orElse(0);
  }

  private static int number(Expr leaf) {
    return leaf instanceof Expr.Constant(Number n, _, _)
        ? (int) Math.clamp(n.doubleValue(), 0, 100)
        : 0;
  }
}
