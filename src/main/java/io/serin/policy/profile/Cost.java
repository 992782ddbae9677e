package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    int ways = ways(when);
    if (ways > ProfileLimits.WAYS) {
      throw new Refused(
          line,
          "'or' gives the rule %d ways (%d are allowed); split it"
              .formatted(ways, ProfileLimits.WAYS));
    }
    int joins = joined(when).stream().mapToInt(List::size).max().orElse(0);
    if (joins > ProfileLimits.JOINS) {
      throw new Refused(
          line,
          "the rule joins %d conditions over facts of which there are many (%d are allowed); name the facts with name == \"…\" or order == … or split the rule"
              .formatted(joins, ProfileLimits.JOINS));
    }
  }

  /**
   * What conditions join: for each way through them, the kinds of facts that come in any number and
   * whose combinations may have to be tried.
   */
  static List<List<Class<?>>> joined(List<Condition> conditions) {
    return paths(conditions).stream().flatMap(Path::joined).toList();
  }

  /** A way through conditions: what it joins, and what is joined to that within brackets. */
  private record Path(List<Class<?>> facts, List<List<Class<?>>> nested) {

    static final Path START = new Path(List.of(), List.of());

    Path then(Path next) {
      return new Path(concat(facts, next.facts), concat(nested, next.nested));
    }

    Stream<List<Class<?>>> joined() {
      return nested.isEmpty() ? Stream.of(facts) : nested.stream().map(n -> concat(facts, n));
    }
  }

  private static List<Path> paths(List<Condition> conditions) {
    List<Path> paths = List.of(Path.START);
    for (Condition condition : conditions) {
      List<Path> next = paths(condition);
      paths = paths.stream().flatMap(p -> next.stream().map(p::then)).toList();
    }
    return paths;
  }

  private static List<Path> paths(Condition condition) {
    return switch (condition) {
      case Condition.Match x -> List.of(new Path(many(x.pattern()), List.of()));
      case Condition.Both x -> paths(x.parts());
      case Condition.Either x -> x.parts().stream().flatMap(p -> paths(p).stream()).toList();
      case Condition.None x -> nested(joined(List.of(x.inner())));
      case Condition.Some x -> nested(joined(List.of(x.inner())));
      case Condition.Every x ->
          nested(
              List.of(
                  Stream.concat(Stream.of(x.base()), x.rest().stream())
                      .<Class<?>>flatMap(p -> many(p).stream())
                      .toList()));
      case Condition.Accumulated x -> nested(List.of(many(x.source())));
    };
  }

  private static List<Path> nested(List<List<Class<?>>> joined) {
    return List.of(new Path(List.of(), joined));
  }

  private static List<Class<?>> many(Pattern pattern) {
    boolean named = pattern.constraints().stream().anyMatch(c -> names(c.test()));
    return Vocabulary.MANY.contains(pattern.fact()) && !named ? List.of(pattern.fact()) : List.of();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return List.copyOf(both);
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
