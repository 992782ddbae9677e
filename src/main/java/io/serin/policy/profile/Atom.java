package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The smallest part of a rule that is true or false by itself: a comparison, a truth value, or, for
 * a fact without constraints, that there is such a fact.
 *
 * @param pattern the fact it is about; null for a constraint over an accumulated number
 * @param test the comparison; null when it is about the existence of a fact
 * @param line where it stands
 */
public record Atom(@Nullable Pattern pattern, @Nullable Expr test, int line) {

  private static final Set<Class<?>> ALWAYS =
      Set.of(io.serin.fact.Rollout.class, io.serin.fact.Moment.class);

  /** Every atom of a rule, in the order of the text. */
  public static List<Atom> of(Rule rule) {
    List<Atom> atoms = new ArrayList<>();
    rule.when().forEach(c -> collect(c, atoms));
    return atoms;
  }

  /** Every atom of a pattern. */
  public static List<Atom> of(Pattern pattern) {
    List<Atom> atoms = new ArrayList<>();
    collect(pattern, atoms);
    return atoms;
  }

  /** It depends on other facts than its own. */
  public boolean joins() {
    return test != null && test.joins();
  }

  /** As people read it. */
  public String text() {
    String fact = pattern == null ? "" : pattern.fact().getSimpleName();
    if (test == null) {
      return fact + "()";
    }
    return pattern == null ? Printer.print(test) : fact + "( " + Printer.print(test) + " )";
  }

  private static void collect(Condition condition, List<Atom> atoms) {
    switch (condition) {
      case Condition.Match x -> collect(x.pattern(), atoms);
      case Condition.None x -> collect(x.inner(), atoms);
      case Condition.Some x -> collect(x.inner(), atoms);
      case Condition.Every x -> {
        collect(x.base(), atoms);
        x.rest().forEach(p -> collect(p, atoms));
      }
      case Condition.Both x -> x.parts().forEach(p -> collect(p, atoms));
      case Condition.Either x -> x.parts().forEach(p -> collect(p, atoms));
      case Condition.Accumulated x -> {
        collect(x.source(), atoms);
        x.constraints().forEach(c -> leaves(null, c.test(), c.line(), atoms));
      }
    }
  }

  private static void collect(Pattern pattern, List<Atom> atoms) {
    if (pattern.constraints().isEmpty() && !ALWAYS.contains(pattern.fact())) {
      atoms.add(new Atom(pattern, null, pattern.line()));
    }
    pattern.constraints().forEach(c -> leaves(pattern, c.test(), c.line(), atoms));
  }

  private static void leaves(@Nullable Pattern pattern, Expr test, int line, List<Atom> atoms) {
    switch (test) {
      case Expr.Binary b when b.operator().logic() -> {
        leaves(pattern, b.left(), line, atoms);
        leaves(pattern, b.right(), line, atoms);
      }
      case Expr.Opposite o -> leaves(pattern, o.inner(), line, atoms);
      default -> atoms.add(new Atom(pattern, test, line));
    }
  }
}
