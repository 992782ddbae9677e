package io.serin.policy.profile;

import java.util.LinkedHashSet;
import java.util.Set;

/** What rules read of facts. */
public final class Reads {

  private Reads() {}

  /** Every attribute that a rule reads, on either side. */
  public static Set<Attribute> of(Rule rule) {
    Set<Attribute> read = new LinkedHashSet<>();
    rule.when().forEach(c -> collect(c, read));
    rule.then().forEach(a -> a.arguments().forEach(e -> collect(e, read)));
    return read;
  }

  /** The facts that a rule has patterns for. */
  public static Set<Class<?>> facts(Rule rule) {
    Set<Class<?>> facts = new LinkedHashSet<>();
    patterns(rule).forEach(p -> facts.add(p.fact()));
    return facts;
  }

  /** Every pattern of a rule, however deep. */
  public static Set<Pattern> patterns(Rule rule) {
    Set<Pattern> all = new LinkedHashSet<>();
    rule.when().forEach(c -> patterns(c, all));
    return all;
  }

  /** The name that a pattern wants, as in {@code Setting( name == "x" )}; empty for any. */
  public static String name(Pattern pattern) {
    for (Constraint constraint : pattern.constraints()) {
      if (constraint.test() instanceof Expr.Binary b
          && b.operator() == Expr.Operator.EQ
          && b.left() instanceof Expr.Field f
          && f.of() == null
          && f.attribute().name().equals("name")
          && b.right() instanceof Expr.Constant c) {
        return String.valueOf(c.value());
      }
    }
    return "";
  }

  /** It reads something of a fact or a variable, so that its value differs between ticks. */
  public static boolean value(Expr e) {
    return e.leaves().anyMatch(leaf -> !(leaf instanceof Expr.Constant));
  }

  private static void patterns(Condition condition, Set<Pattern> all) {
    switch (condition) {
      case Condition.Match x -> all.add(x.pattern());
      case Condition.None x -> patterns(x.inner(), all);
      case Condition.Some x -> patterns(x.inner(), all);
      case Condition.Every x -> {
        all.add(x.base());
        all.addAll(x.rest());
      }
      case Condition.Both x -> x.parts().forEach(p -> patterns(p, all));
      case Condition.Either x -> x.parts().forEach(p -> patterns(p, all));
      case Condition.Accumulated x -> all.add(x.source());
    }
  }

  private static void collect(Condition condition, Set<Attribute> read) {
    Set<Pattern> all = new LinkedHashSet<>();
    patterns(condition, all);
    for (Pattern pattern : all) {
      read.addAll(pattern.bound().values());
      pattern.constraints().forEach(c -> collect(c.test(), read));
    }
  }

  private static void collect(Expr e, Set<Attribute> read) {
    e.fields().map(Expr.Field::attribute).forEach(read::add);
  }
}
