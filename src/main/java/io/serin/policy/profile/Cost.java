package io.serin.policy.profile;

import java.util.List;
import java.util.Set;

/**
 * How much work a rule can make. Facts such as metrics come in any number, and each such pattern
 * that a rule joins multiplies the work; a pattern that names its fact (with a text, or with the
 * name of another fact, which the engine looks up in an index) does not.
 */
final class Cost {

  /** What tells one fact of a kind from the others. */
  private static final Set<String> KEYS = Set.of("name", "order");

  private Cost() {}

  static void check(List<Condition> when, int line) {
    int joins = joins(when);
    if (joins > ProfileLimits.JOINS) {
      throw new Refused(
          line,
          "the rule joins %d conditions over facts of which there are many (%d are allowed); name the facts with name == \"…\" or order == … or split the rule"
              .formatted(joins, ProfileLimits.JOINS));
    }
    int ways = ways(when);
    if (ways > ProfileLimits.WAYS) {
      throw new Refused(
          line,
          "'or' gives the rule %d ways (%d are allowed); split it"
              .formatted(ways, ProfileLimits.WAYS));
    }
  }

  private static int joins(List<Condition> conditions) {
    int positive = 0;
    int nested = 0;
    for (Condition c : conditions) {
      switch (c) {
        case Condition.Match x -> positive += many(x.pattern());
        case Condition.Both x -> positive += joins(x.parts());
        case Condition.Either x ->
            positive += x.parts().stream().mapToInt(p -> joins(List.of(p))).max().orElse(0);
        case Condition.None x -> nested = Math.max(nested, joins(List.of(x.inner())));
        case Condition.Some x -> nested = Math.max(nested, joins(List.of(x.inner())));
        case Condition.Every x -> nested = Math.max(nested, every(x));
        case Condition.Accumulated x -> nested = Math.max(nested, many(x.source()));
      }
    }
    return positive + nested;
  }

  private static int every(Condition.Every x) {
    return many(x.base()) + x.rest().stream().mapToInt(Cost::many).sum();
  }

  private static int many(Pattern pattern) {
    boolean named = pattern.constraints().stream().anyMatch(c -> names(c.test()));
    return Vocabulary.MANY.contains(pattern.fact()) && !named ? 1 : 0;
  }

  private static boolean names(Expr test) {
    return test instanceof Expr.Binary b
        && b.operator() == Expr.Operator.EQ
        && b.left() instanceof Expr.Field f
        && f.of() == null
        && KEYS.contains(f.attribute().name())
        && !(b.right() instanceof Expr.Field other && other.of() == null);
  }

  private static int ways(List<Condition> conditions) {
    long ways = 1;
    for (Condition c : conditions) {
      ways *=
          switch (c) {
            case Condition.Either x -> x.parts().stream().mapToInt(p -> ways(List.of(p))).sum();
            case Condition.Both x -> ways(x.parts());
            case Condition.None x -> ways(List.of(x.inner()));
            case Condition.Some x -> ways(List.of(x.inner()));
            case Condition.Match x -> 1;
            case Condition.Every x -> 1;
            case Condition.Accumulated x -> 1;
          };
      ways = Math.min(ways, 1_000);
    }
    return (int) ways;
  }
}
