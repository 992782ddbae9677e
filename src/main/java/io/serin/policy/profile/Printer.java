package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints checked rules as DRL for the compiler. Each rule stands on the line of its head in the
 * author's file, so that line numbers stay true.
 */
public final class Printer {

  private Printer() {}

  /** The rules of one file. */
  public static String print(List<Rule> rules) {
    StringBuilder out = new StringBuilder();
    int line = 1;
    for (Rule rule : rules) {
      for (; line < rule.line(); line++) {
        out.append('\n');
      }
      out.append(print(rule)).append(' ');
    }
    return out.append('\n').toString();
  }

  static String print(Rule rule) {
    return "rule "
        + ExprReader.quote(rule.name())
        + " when "
        + join(rule.when().stream().map(Printer::print).toList(), " ")
        + " then "
        + join(rule.then().stream().map(Printer::print).toList(), " ")
        + " end";
  }

  private static String print(Action action) {
    return "decide."
        + action.verb().name()
        + "("
        + join(action.arguments().stream().map(a -> print(a, true)).toList(), ", ")
        + ");";
  }

  /** A condition on one line. */
  public static String print(Condition condition) {
    return switch (condition) {
      case Condition.Match x -> print(x.pattern());
      case Condition.None x -> "not " + inner(x.inner());
      case Condition.Some x -> "exists " + inner(x.inner());
      case Condition.Every x ->
          "forall( "
              + print(x.base())
              + " "
              + join(x.rest().stream().map(Printer::print).toList(), " ")
              + " )";
      case Condition.Both x ->
          "( " + join(x.parts().stream().map(Printer::print).toList(), " and ") + " )";
      case Condition.Either x ->
          "( " + join(x.parts().stream().map(Printer::print).toList(), " or ") + " )";
      case Condition.Accumulated x -> print(x);
    };
  }

  private static String inner(Condition condition) {
    return condition instanceof Condition.Match ? print(condition) : "( " + print(condition) + " )";
  }

  private static String print(Condition.Accumulated x) {
    String functions =
        x.functions().stream()
            .map(f -> f.binding() + " : " + f.name() + "( " + print(f.argument(), false) + " )")
            .collect(Collectors.joining(", "));
    String constraints =
        x.constraints().isEmpty()
            ? ""
            : "; " + join(x.constraints().stream().map(c -> print(c.test())).toList(), ", ");
    return "accumulate( " + print(x.source()) + "; " + functions + constraints + " )";
  }

  /** A pattern on one line. */
  public static String print(Pattern pattern) {
    List<String> inside = new ArrayList<>();
    new TreeMap<>(pattern.bound()).forEach((name, a) -> inside.add(name + " : " + a.name()));
    pattern.constraints().forEach(c -> inside.add(print(c.test())));
    String head = pattern.binding() == null ? "" : pattern.binding() + " : ";
    return head
        + pattern.fact().getSimpleName()
        + (inside.isEmpty() ? "()" : "( " + join(inside, ", ") + " )");
  }

  /** A constraint as its author may have written it. */
  public static String print(Expr e) {
    return print(e, false);
  }

  private static String print(Expr e, boolean getters) {
    return switch (e) {
      case Expr.Constant c -> c.spelling();
      case Expr.Variable v -> v.name();
      case Expr.Field f ->
          (f.of() == null ? "" : f.of() + ".") + f.attribute().name() + (getters ? "()" : "");
      case Expr.Opposite o -> "!" + part(o.inner(), getters);
      case Expr.TextTest t ->
          part(t.on(), getters) + "." + t.method() + "(" + print(t.argument(), getters) + ")";
      case Expr.Binary b ->
          part(b.left(), getters) + " " + b.operator().symbol() + " " + part(b.right(), getters);
    };
  }

  private static String part(Expr e, boolean getters) {
    String text = print(e, getters);
    return e instanceof Expr.Binary ? "( " + text + " )" : text;
  }

  private static String join(List<String> parts, String between) {
    return String.join(between, parts);
  }
}
