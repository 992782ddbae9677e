package io.serin.policy.check;

import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which facts of a type no rule can tell apart by what it says about them alone. */
final class Distinct {

  private final Set<Expr> tests = new LinkedHashSet<>();
  private final Set<Attribute> compared = new LinkedHashSet<>();

  /** Facts that these patterns are about, and others like them. */
  Distinct(List<Rule> rules, Predicate<Pattern> wanted) {
    for (Rule rule : rules) {
      Join join = new Join(rule);
      for (Pattern pattern : Reads.patterns(rule)) {
        if (wanted.test(pattern)) {
          compared.addAll(join.compared(pattern));
          pattern.constraints().stream()
              .map(Constraint::test)
              .filter(test -> !test.joins())
              .forEach(tests::add);
        }
      }
    }
  }

  /**
   * The first of each sort.
   *
   * @param also tells facts apart beside the rules
   */
  <T> List<T> of(List<T> facts, Function<T, Object> also) {
    Map<Object, T> distinct = new LinkedHashMap<>();
    facts.forEach(fact -> distinct.putIfAbsent(List.of(sight(fact), also.apply(fact)), fact));
    return List.copyOf(distinct.values());
  }

  private Object sight(Object fact) {
    List<Object> sight = new ArrayList<>();
    tests.forEach(test -> sight.add(Evaluator.truth(test, fact, Map.of())));
    compared.forEach(attribute -> sight.add(String.valueOf(attribute.of(fact))));
    return sight;
  }
}
