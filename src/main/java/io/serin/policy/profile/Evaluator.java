package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates rules of the profile without the engine, over one working memory. Slower than the
 * engine and able to say what each condition was, which is what coverage, explanations and checks
 * are about. That both agree is a test.
 */
public final class Evaluator {

  private final Map<Class<?>, List<Object>> memory = new HashMap<>();

  /** Over these facts. */
  public Evaluator(Collection<?> facts) {
    facts.forEach(f -> memory.computeIfAbsent(f.getClass(), c -> new ArrayList<>()).add(f));
  }

  /** The facts of that type. */
  public List<Object> facts(Class<?> type) {
    return memory.getOrDefault(type, List.of());
  }

  /** Some combination of facts fulfils all conditions of the rule. */
  public boolean fires(Rule rule) {
    return any(rule.when(), Map.of());
  }

  /** Some combination of facts fulfils the conditions, given what is bound. */
  public boolean any(List<Condition> conditions, Map<String, Object> bound) {
    return walk(conditions, 0, bound, found -> true);
  }

  /** What is bound in each combination of facts that fulfils the conditions. */
  public List<Map<String, Object>> all(List<Condition> conditions) {
    List<Map<String, Object>> all = new ArrayList<>();
    walk(
        conditions,
        0,
        Map.of(),
        found -> {
          all.add(found);
          return false;
        });
    return all;
  }

  /** Goes on until {@code enough} says so; whether it did. */
  private boolean walk(
      List<Condition> conditions,
      int at,
      Map<String, Object> bound,
      Predicate<Map<String, Object>> enough) {
    if (at == conditions.size()) {
      return enough.test(bound);
    }
    Predicate<Map<String, Object>> next = more -> walk(conditions, at + 1, more, enough);
    return switch (conditions.get(at)) {
      case Condition.Match x -> match(x.pattern(), bound, next);
      case Condition.Both x -> walk(x.parts(), 0, bound, next);
      case Condition.Either x ->
          x.parts().stream()
              .anyMatch(way -> walk(List.of(way), 0, bound, inside -> next.test(bound)));
      case Condition.None x -> !any(List.of(x.inner()), bound) && next.test(bound);
      case Condition.Some x -> any(List.of(x.inner()), bound) && next.test(bound);
      case Condition.Every x -> every(x, bound) && next.test(bound);
      case Condition.Accumulated x -> accumulated(x, bound, next);
    };
  }

  private boolean match(
      Pattern pattern, Map<String, Object> bound, Predicate<Map<String, Object>> next) {
    for (Object fact : facts(pattern.fact())) {
      if (holds(pattern, fact, bound) && next.test(bind(pattern, fact, bound))) {
        return true;
      }
    }
    return false;
  }

  /** Every constraint of the pattern holds for that fact. */
  public static boolean holds(Pattern pattern, Object fact, Map<String, Object> bound) {
    Map<String, Object> own = pattern.bound().isEmpty() ? bound : bind(pattern, fact, bound);
    return pattern.constraints().stream().allMatch(c -> truth(c.test(), fact, own));
  }

  /** What is bound once that fact is matched. */
  public static Map<String, Object> bind(Pattern pattern, Object fact, Map<String, Object> bound) {
    if (pattern.binding() == null && pattern.bound().isEmpty()) {
      return bound;
    }
    Map<String, Object> more = new HashMap<>(bound);
    if (pattern.binding() != null) {
      more.put(pattern.binding(), fact);
    }
    pattern.bound().forEach((name, attribute) -> more.put(name, attribute.of(fact)));
    return more;
  }

  private boolean every(Condition.Every x, Map<String, Object> bound) {
    List<Condition> rest = x.rest().stream().<Condition>map(Condition.Match::new).toList();
    return !match(x.base(), bound, found -> !any(rest, found));
  }

  private boolean accumulated(
      Condition.Accumulated x, Map<String, Object> bound, Predicate<Map<String, Object>> next) {
    Map<String, Object> more = new HashMap<>(bound);
    for (Condition.Function function : x.functions()) {
      Object result = result(function, x.source(), bound);
      if (result == null) {
        return false;
      }
      more.put(function.binding(), result);
    }
    return x.constraints().stream().allMatch(c -> truth(c.test(), null, more)) && next.test(more);
  }

  private @Nullable Object result(
      Condition.Function function, Pattern source, Map<String, Object> bound) {
    List<Object> values = new ArrayList<>();
    for (Object fact : facts(source.fact())) {
      if (holds(source, fact, bound)) {
        Object value = value(function.argument(), fact, bind(source, fact, bound));
        if (value != null || function.name().equals("count")) {
          values.add(value == null ? 0L : value);
        }
      }
    }
    if (function.name().equals("count")) {
      return (long) values.size();
    }
    var numbers = values.stream().mapToDouble(v -> ((Number) v).doubleValue());
    return switch (function.name()) {
      case "sum" -> numbers.sum();
      case "min" -> values.isEmpty() ? null : numbers.min().orElseThrow();
      case "max" -> values.isEmpty() ? null : numbers.max().orElseThrow();
      default -> values.isEmpty() ? null : numbers.average().orElseThrow();
    };
  }

  /** Whether that holds. */
  public static boolean truth(Expr test, @Nullable Object fact, Map<String, Object> bound) {
    return Boolean.TRUE.equals(value(test, fact, bound));
  }

  /**
   * The value of an expression; null when absent.
   *
   * @param fact the fact that the pattern is about; null on the right-hand side
   */
  public static @Nullable Object value(Expr e, @Nullable Object fact, Map<String, Object> bound) {
    return switch (e) {
      case Expr.Constant c -> c.value();
      case Expr.Variable v -> bound.get(v.name());
      case Expr.Field f -> field(f, fact, bound);
      case Expr.Opposite o -> !truth(o.inner(), fact, bound);
      case Expr.TextTest t -> text(t, value(t.on(), fact, bound), value(t.argument(), fact, bound));
      case Expr.Binary b -> binary(b, fact, bound);
    };
  }

  private static @Nullable Object field(
      Expr.Field f, @Nullable Object fact, Map<String, Object> bound) {
    Object owner = f.of() == null ? fact : bound.get(f.of());
    return owner == null ? null : f.attribute().of(owner);
  }

  private static boolean text(Expr.TextTest t, @Nullable Object on, @Nullable Object argument) {
    if (on == null || argument == null) {
      return false;
    }
    String text = (String) on;
    String part = (String) argument;
    return switch (t.method()) {
      case "startsWith" -> text.startsWith(part);
      case "endsWith" -> text.endsWith(part);
      default -> text.contains(part);
    };
  }

  private static @Nullable Object binary(
      Expr.Binary b, @Nullable Object fact, Map<String, Object> bound) {
    Object left = value(b.left(), fact, bound);
    if (b.operator() == Expr.Operator.AND && !Boolean.TRUE.equals(left)) {
      return false;
    }
    if (b.operator() == Expr.Operator.OR && Boolean.TRUE.equals(left)) {
      return true;
    }
    Object right = value(b.right(), fact, bound);
    return switch (b.operator()) {
      case AND, OR -> Boolean.TRUE.equals(right);
      case EQ -> same(left, right);
      case NE -> !same(left, right);
      case LT, LE, GT, GE -> Numbers.order(b.operator(), left, right);
      case ADD ->
          b.type().kind() == Type.Kind.TEXT
              ? String.valueOf(left) + right
              : Numbers.reckon(b.operator(), left, right);
      case SUBTRACT, MULTIPLY -> Numbers.reckon(b.operator(), left, right);
    };
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number l && right instanceof Number r) {
      return Numbers.same(l, r);
    }
    return Objects.equals(left, right);
  }
}
