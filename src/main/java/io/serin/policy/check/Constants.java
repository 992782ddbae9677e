package io.serin.policy.check;

import io.serin.policy.Settings;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Expr.Operator;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a policy compares the attributes of facts with, and by which tests. */
final class Constants {

  private final Map<String, Set<Object>> literals = new HashMap<>();
  private final Map<String, Set<Object>> settings = new HashMap<>();
  private final Map<String, Set<String>> peers = new HashMap<>();
  private final Map<String, Texts> texts = new HashMap<>();
  private final Map<String, Set<Expr>> tests = new HashMap<>();

  /** Of the patterns of these rules that are wanted. */
  Constants(List<Rule> rules, Settings settings, Predicate<Pattern> wanted) {
    for (Rule rule : rules) {
      SettingBindings bound = new SettingBindings(rule, settings);
      Reads.patterns(rule).stream().filter(wanted).forEach(pattern -> collect(pattern, bound));
    }
  }

  private void collect(Pattern pattern, SettingBindings bound) {
    pattern.constraints().forEach(c -> collect(c.test(), bound));
  }

  /** Numbers and texts that stand in the rules. */
  Set<Object> literals(Class<?> fact, String attribute) {
    Set<Object> all = new LinkedHashSet<>(literals.getOrDefault(key(fact, attribute), Set.of()));
    Texts own = texts.get(key(fact, attribute));
    if (own != null) {
      all.addAll(own.composed());
    }
    return all;
  }

  /** Values of settings and constants of other attributes that an attribute is compared with. */
  Set<Object> indirect(Class<?> fact, String attribute) {
    String key = key(fact, attribute);
    Set<Object> all = new LinkedHashSet<>(settings.getOrDefault(key, Set.of()));
    for (String peer : peers.getOrDefault(key, Set.of())) {
      all.addAll(literals.getOrDefault(peer, Set.of()));
      all.addAll(settings.getOrDefault(peer, Set.of()));
    }
    return all;
  }

  /** The tests that look at this attribute of a fact and at nothing else. */
  Set<Expr> tests(Class<?> fact, String attribute) {
    return tests.getOrDefault(key(fact, attribute), Set.of());
  }

  private static String key(Class<?> fact, String attribute) {
    return fact.getSimpleName() + "." + attribute;
  }

  private void collect(Expr e, SettingBindings bound) {
    switch (e) {
      case Expr.Binary(Operator operator, Expr left, Expr right) -> {
        if (operator == Operator.AND || operator == Operator.OR) {
          collect(left, bound);
          collect(right, bound);
        } else {
          alone(e);
          compare(left, right, bound);
          compare(right, left, bound);
        }
      }
      case Expr.Opposite o -> collect(o.inner(), bound);
      case Expr.TextTest t -> {
        alone(e);
        if (t.on() instanceof Expr.Field f && t.argument() instanceof Expr.Constant c) {
          texts
              .computeIfAbsent(f.attribute().toString(), _ -> new Texts())
              .add(t.method(), String.valueOf(c.value()));
        }
      }
      case Expr.Constant _, Expr.Field _, Expr.Variable _ -> {}
    }
  }

  private void alone(Expr test) {
    Set<Expr.Field> fields = test.fields().collect(Collectors.toSet());
    if (fields.size() == 1 && !test.joins()) {
      String attribute = fields.iterator().next().attribute().toString();
      tests.computeIfAbsent(attribute, _ -> new LinkedHashSet<>()).add(test);
    }
  }

  private void compare(Expr side, Expr other, SettingBindings bound) {
    if (other instanceof Expr.Constant c) {
      solve(side, c.value(), literals);
    }
    if (side instanceof Expr.Field one && other instanceof Expr.Field two) {
      peers
          .computeIfAbsent(one.attribute().toString(), _ -> new LinkedHashSet<>())
          .add(two.attribute().toString());
    }
    bound.values(other).forEach(value -> solve(side, value, settings));
  }

  /** The value of an attribute at which the side equals the other one, as in {@code 2 * x + 1}. */
  private static void solve(
      Expr side, @Nullable Object equals, Map<String, Set<Object>> solutions) {
    if (side instanceof Expr.Field field) {
      if (equals instanceof String || equals instanceof Number n && isFinite(n)) {
        solutions
            .computeIfAbsent(field.attribute().toString(), _ -> new LinkedHashSet<>())
            .add(equals);
      }
    } else if (side instanceof Expr.Binary b && equals instanceof Number n) {
      double goal = n.doubleValue();
      if (b.right() instanceof Expr.Constant(Object value, _, _) && value instanceof Number k) {
        solve(b.left(), undone(b.operator(), goal, k.doubleValue()), solutions);
      } else if (b.left() instanceof Expr.Constant(Object value, _, _)
          && value instanceof Number k) {
        boolean from = b.operator() == Operator.SUBTRACT;
        double undone = undone(b.operator(), goal, k.doubleValue());
        solve(b.right(), from ? k.doubleValue() - goal : undone, solutions);
      }
    }
  }

  private static double undone(Operator operator, double goal, double operand) {
    return switch (operator) {
      case ADD -> goal - operand;
      case SUBTRACT -> goal + operand;
      case MULTIPLY -> goal / operand;
      case OR, AND, EQ, NE, LT, LE, GT, GE -> Double.NaN;
    };
  }

  private static boolean isFinite(Number number) {
    return Double.isFinite(number.doubleValue());
  }

  /** Texts that fulfil tests of a text together, where single ones do. */
  private static final class Texts {
    private final Set<String> starts = new TreeSet<>(Set.of(""));
    private final Set<String> parts = new TreeSet<>(Set.of(""));
    private final Set<String> ends = new TreeSet<>(Set.of(""));

    void add(String method, String text) {
      switch (method) {
        case "startsWith" -> starts.add(text);
        case "endsWith" -> ends.add(text);
        default -> parts.add(text);
      }
    }

    Set<String> composed() {
      Set<String> middles = new LinkedHashSet<>(parts);
      middles.add(String.join("-", parts));
      Set<String> all = new LinkedHashSet<>();
      for (String start : starts) {
        for (String middle : middles) {
          for (String end : ends) {
            all.add(start + middle + end);
            all.add(start + "-" + middle + "-" + end);
          }
        }
      }
      return all;
    }
  }
}
