package io.serin.policy.check;

import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a rule that compares facts with each other can see of some of them. */
final class Join {

  private final List<Pattern> patterns;

  Join(Rule rule) {
    this.patterns = List.copyOf(Reads.patterns(rule));
  }

  /**
   * Facts of which this is equal are alike to the rule, whatever the other facts are: for each of
   * its patterns over kinds that are wanted, the facts that fulfil what the pattern says about them
   * alone, reduced to what comparisons with other facts read.
   */
  Object sight(Evaluator facts, Predicate<Class<?>> wanted) {
    List<Object> sight = new ArrayList<>();
    for (Pattern pattern : patterns) {
      if (wanted.test(pattern.fact())) {
        sight.add(seen(pattern, facts));
      }
    }
    return sight;
  }

  private List<Object> seen(Pattern pattern, Evaluator facts) {
    Set<Attribute> compared = compared(pattern);
    List<Object> seen = new ArrayList<>();
    for (Object fact : facts.facts(pattern.fact())) {
      if (fulfils(pattern, fact)) {
        seen.add(compared.stream().map(a -> String.valueOf(a.of(fact))).toList());
      }
    }
    return seen;
  }

  private static boolean fulfils(Pattern pattern, Object fact) {
    return pattern.constraints().stream()
        .filter(c -> !c.test().joins())
        .allMatch(c -> Evaluator.truth(c.test(), fact, Map.of()));
  }

  /** What its own comparisons with other facts read of a fact, and those of others of it. */
  Set<Attribute> compared(Pattern pattern) {
    Set<Attribute> compared = new LinkedHashSet<>(pattern.bound().values());
    for (Constraint own : pattern.constraints()) {
      if (own.test().joins()) {
        fields(own.test(), null, compared);
      }
    }
    String binding = pattern.binding();
    if (binding != null) {
      for (Pattern other : patterns) {
        other.constraints().forEach(c -> fields(c.test(), binding, compared));
      }
    }
    return compared;
  }

  /** The attributes that an expression reads of the fact in that variable; null for its own. */
  private static void fields(Expr e, @Nullable String of, Set<Attribute> all) {
    e.fields().filter(f -> Objects.equals(f.of(), of)).map(Expr.Field::attribute).forEach(all::add);
  }
}
