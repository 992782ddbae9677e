package io.serin.policy.explain;

import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Printer;
import io.serin.policy.profile.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the one condition that kept a rule from firing. */
final class Misses {

  private final Evaluator evaluator;

  Misses(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** That condition with the values found; null when the rule fires or lacks more than one. */
  @Nullable String of(Rule rule) {
    return evaluator.fires(rule) ? null : search(rule.when(), 0, Map.of(), null);
  }

  private @Nullable String search(
      List<Condition> conditions, int at, Map<String, Object> bound, @Nullable String miss) {
    if (at == conditions.size()) {
      return miss;
    }
    Condition condition = conditions.get(at);
    if (condition instanceof Condition.Match m) {
      return match(conditions, at, m.pattern(), bound, miss);
    }
    if (evaluator.any(List.of(condition), bound)) {
      return search(conditions, at + 1, bound, miss);
    }
    return miss != null ? null : search(conditions, at + 1, bound, describe(condition, bound));
  }

  private @Nullable String match(
      List<Condition> conditions,
      int at,
      Pattern pattern,
      Map<String, Object> bound,
      @Nullable String miss) {
    List<Object> facts = evaluator.facts(pattern.fact());
    if (facts.isEmpty() && miss == null) {
      String none = Printer.print(pattern) + ", and there is no " + pattern.fact().getSimpleName();
      return search(conditions, at + 1, bound, none);
    }
    String best = null;
    for (Object fact : facts) {
      Map<String, Object> more = Evaluator.bind(pattern, fact, bound);
      List<Constraint> failed =
          pattern.constraints().stream()
              .filter(c -> !Evaluator.truth(c.test(), fact, more))
              .toList();
      if (failed.isEmpty()) {
        best = first(best, search(conditions, at + 1, more, miss));
      } else if (failed.size() == 1 && miss == null) {
        String found = describe(pattern, failed.getFirst().test(), fact, more);
        best = first(best, search(conditions, at + 1, more, found));
      }
    }
    return best;
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }

  private static String describe(
      Pattern pattern, Expr test, Object fact, Map<String, Object> bound) {
    Set<String> values = new LinkedHashSet<>();
    values(test, fact, bound, values);
    return "%s( %s )%s"
        .formatted(
            pattern.fact().getSimpleName(),
            Printer.print(test),
            values.isEmpty() ? "" : ", found " + String.join(", ", values));
  }

  private String describe(Condition condition, Map<String, Object> bound) {
    String text = Printer.print(condition);
    if (condition instanceof Condition.None none && none.inner() instanceof Condition.Match m) {
      return evaluator.facts(m.pattern().fact()).stream()
          .filter(f -> Evaluator.holds(m.pattern(), f, bound))
          .findFirst()
          .map(f -> text + ", found " + f)
          .orElse(text);
    }
    return text;
  }

  private static void values(Expr e, Object fact, Map<String, Object> bound, Set<String> values) {
    switch (e) {
      case Expr.Field f -> values.add(Printer.print(f) + " " + Evaluator.value(f, fact, bound));
      case Expr.Variable v -> values.add(v.name() + " " + Evaluator.value(v, fact, bound));
      case Expr.Constant c -> {}
      case Expr.Opposite o -> values(o.inner(), fact, bound, values);
      case Expr.TextTest t -> {
        values(t.on(), fact, bound, values);
        values(t.argument(), fact, bound, values);
      }
      case Expr.Binary b -> {
        values(b.left(), fact, bound, values);
        values(b.right(), fact, bound, values);
      }
    }
  }
}
