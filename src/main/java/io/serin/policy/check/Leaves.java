package io.serin.policy.check;

import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Takes the conditions of a rule apart into parts that each need one group of facts only. */
final class Leaves {

  private Leaves() {}

  /** The parts; nothing when some part compares facts of several groups. */
  static Optional<List<Condition>> of(Rule rule, Predicate<Condition> single) {
    List<Condition> leaves = new ArrayList<>();
    return rule.when().stream().allMatch(c -> apart(c, single, leaves))
        ? Optional.of(List.copyOf(leaves))
        : Optional.empty();
  }

  private static boolean apart(Condition c, Predicate<Condition> single, List<Condition> leaves) {
    if (single.test(c)) {
      leaves.add(c);
      return closed(c);
    }
    return switch (c) {
      case Condition.Both x -> x.parts().stream().allMatch(p -> apart(p, single, leaves));
      case Condition.Either x -> x.parts().stream().allMatch(p -> apart(p, single, leaves));
      case Condition.None x -> apart(x.inner(), single, leaves);
      case Condition.Some x -> apart(x.inner(), single, leaves);
      case Condition.Match x -> false;
      case Condition.Every x -> false;
      case Condition.Accumulated x -> false;
    };
  }

  /** It uses no variable that is bound elsewhere. */
  static boolean closed(Condition c) {
    Set<String> bound = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (Pattern p : Reads.patterns(new Rule("", "", 1, List.of(c), List.of()))) {
      String binding = p.binding();
      if (binding != null) {
        bound.add(binding);
      }
      bound.addAll(p.bound().keySet());
      for (Constraint constraint : p.constraints()) {
        constraint.test().leaves().forEach(e -> variable(e).ifPresent(used::add));
      }
    }
    return bound.containsAll(used);
  }

  private static Optional<String> variable(Expr leaf) {
    return switch (leaf) {
      case Expr.Variable v -> Optional.of(v.name());
      case Expr.Field f -> Optional.ofNullable(f.of());
      case Expr.Binary _, Expr.Constant _, Expr.Opposite _, Expr.TextTest _ -> Optional.empty();
    };
  }
}
