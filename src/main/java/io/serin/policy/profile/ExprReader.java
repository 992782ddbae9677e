package io.serin.policy.profile;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.serin.policy.profile.Expr.Operator;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a Java expression into the profile's own tree and checks its types. */
final class ExprReader {

  private static final Set<String> TEXT_TESTS = Set.of("startsWith", "endsWith", "contains");

  private final @Nullable Class<?> fact;
  private final Scope scope;
  private final int line;
  private int parts;

  /**
   * For one place of a rule.
   *
   * @param fact type of the fact whose attributes need no variable; null on the right-hand side
   */
  ExprReader(@Nullable Class<?> fact, Scope scope, int line) {
    this.fact = fact;
    this.scope = scope;
    this.line = line;
  }

  static JavaParser parser() {
    return new JavaParser(
        new ParserConfiguration()
            .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
            .setPreprocessUnicodeEscapes(false)
            .setAttributeComments(false));
  }

  Expr parse(String text) {
    ParseResult<Expression> result;
    try {
      result = parser().parseExpression(text);
    } catch (StackOverflowError e) {
      throw refuse("an expression is nested too deeply; split it");
    }
    if (!result.isSuccessful() || result.getResult().isEmpty()) {
      throw new Refused(line, "'" + brief(text) + "' is not a comparison that rules may use");
    }
    return read(result.getResult().get());
  }

  Expr read(Expression e) {
    if (++parts > ProfileLimits.EXPRESSION) {
      throw refuse("an expression has more than " + ProfileLimits.EXPRESSION + " parts; split it");
    }
    return switch (e) {
      case EnclosedExpr x -> read(x.getInner());
      case BooleanLiteralExpr x ->
          new Expr.Constant(x.getValue(), Type.TRUTH, String.valueOf(x.getValue()));
      case IntegerLiteralExpr x -> whole(x.getValue());
      case LongLiteralExpr x -> whole(x.getValue().replaceAll("[lL]$", ""));
      case DoubleLiteralExpr x -> decimal(x.getValue());
      case StringLiteralExpr x -> text(x);
      case NullLiteralExpr x -> new Expr.Constant(null, Type.NOTHING, "null");
      case NameExpr x -> name(x.getNameAsString());
      case FieldAccessExpr x -> access(x);
      case MethodCallExpr x -> call(x);
      case UnaryExpr x -> unary(x);
      case BinaryExpr x -> binary(x);
      default ->
          throw refuse(
              "'"
                  + brief(e.toString())
                  + "' ("
                  + e.getClass()
                      .getSimpleName()
                      .replace("Expr", "")
                      .toLowerCase(java.util.Locale.ROOT)
                  + ") is not allowed in rules");
    };
  }

  private Expr whole(String digits) {
    try {
      long value = Long.parseLong(digits.replace("_", ""));
      return value > Integer.MAX_VALUE
          ? new Expr.Constant(value, Type.WHOLE, value + "L")
          : new Expr.Constant((int) value, Type.WHOLE, Long.toString(value));
    } catch (NumberFormatException e) {
      throw refuse("'" + brief(digits) + "' is not a plain decimal number");
    }
  }

  private Expr decimal(String digits) {
    if (!digits.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      throw refuse("'" + brief(digits) + "' is not a plain decimal number");
    }
    double value = Double.parseDouble(digits);
    return new Expr.Constant(value, Type.DECIMAL, digits);
  }

  private Expr text(StringLiteralExpr literal) {
    String value;
    try {
      value = literal.asString();
    } catch (IllegalArgumentException e) {
      throw refuse("a text holds an escape that rules may not use");
    }
    if (value.length() > ProfileLimits.TEXT) {
      throw refuse("a text is longer than " + ProfileLimits.TEXT + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw refuse("a text holds a control character");
    }
    return new Expr.Constant(value, Type.TEXT, quote(value));
  }

  static String quote(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Expr name(String name) {
    Type variable = scope.find(name);
    if (variable != null) {
      return new Expr.Variable(name, variable);
    }
    if (fact == null) {
      throw refuse(
          "'"
              + brief(name)
              + "' is not bound in the rule; only variables such as $rollout are known here");
    }
    return new Expr.Field(null, attribute(fact, name));
  }

  private Expr access(FieldAccessExpr e) {
    String owner = e.getScope().toString();
    Class<?> choice = Vocabulary.choice(owner);
    if (choice != null) {
      return constant(choice, owner, e.getNameAsString());
    }
    if (e.getScope() instanceof NameExpr variable) {
      if (fact == null) {
        throw refuse(
            "read '" + brief(e.toString()) + "' with a getter: write '" + brief(e + "()") + "'");
      }
      return getter(variable.getNameAsString(), e.getNameAsString());
    }
    throw refuse("'" + brief(e.toString()) + "' is not a fact's attribute or a known constant");
  }

  private Expr constant(Class<?> choice, String owner, String name) {
    return Arrays.stream(choice.getEnumConstants())
        .filter(c -> ((Enum<?>) c).name().equals(name))
        .findFirst()
        .<Expr>map(
            c ->
                new Expr.Constant(
                    c, new Type(Type.Kind.CHOICE, choice, false), spelling(choice) + "." + name))
        .orElseThrow(
            () ->
                refuse(
                    owner
                        + " has no constant '"
                        + brief(name)
                        + "'; it has "
                        + Arrays.toString(choice.getEnumConstants())));
  }

  /** {@code Phase} or {@code Metric.Outcome}, which no other enum is called. */
  private static String spelling(Class<?> choice) {
    Class<?> outer = choice.getDeclaringClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + choice.getSimpleName();
  }

  private Expr getter(String variable, String name) {
    Type type = scope.find(variable);
    if (type == null) {
      throw refuse("'" + brief(variable) + "' is not a bound variable or a known constant");
    }
    if (type.kind() != Type.Kind.FACT || type.of() == null) {
      throw refuse(
          variable + " is a " + type.words() + " and has no attribute '" + brief(name) + "'");
    }
    return new Expr.Field(variable, attribute(type.of(), name));
  }

  private Attribute attribute(Class<?> owner, String name) {
    Attribute found = Vocabulary.attributes(owner).get(name);
    if (found == null) {
      throw refuse(
          owner.getSimpleName()
              + " has no attribute '"
              + brief(name)
              + "'; it has "
              + String.join(", ", Vocabulary.attributes(owner).keySet()));
    }
    return found;
  }

  private Expr call(MethodCallExpr e) {
    String name = e.getNameAsString();
    if (e.getTypeArguments().isPresent() || e.getScope().isEmpty()) {
      throw refuse("method '" + brief(name) + "' is not allowed in rules");
    }
    Expression on = e.getScope().get();
    if (e.getArguments().isEmpty() && on instanceof NameExpr variable) {
      return getter(variable.getNameAsString(), name);
    }
    if (fact != null && TEXT_TESTS.contains(name) && e.getArguments().size() == 1) {
      return textTest(name, read(on), read(e.getArgument(0)));
    }
    throw refuse(
        "method call '"
            + brief(e.toString())
            + "' is not allowed; rules may call getters of bound facts only");
  }

  private Expr textTest(String method, Expr on, Expr argument) {
    if (on.type().kind() != Type.Kind.TEXT || argument.type().kind() != Type.Kind.TEXT) {
      throw refuse(
          method
              + " compares two texts, here are "
              + on.type().words()
              + " and "
              + argument.type().words());
    }
    return new Expr.TextTest(method, on, argument);
  }

  private Expr unary(UnaryExpr e) {
    Expr inner = read(e.getExpression());
    if (e.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT
        && inner.type().kind() == Type.Kind.TRUTH) {
      return new Expr.Opposite(inner);
    }
    if (e.getOperator() == UnaryExpr.Operator.MINUS && inner instanceof Expr.Constant c) {
      if (c.value() instanceof Integer value) {
        return new Expr.Constant(-value, Type.WHOLE, "-" + c.spelling());
      }
      if (c.value() instanceof Long value) {
        return new Expr.Constant(-value, Type.WHOLE, "-" + c.spelling());
      }
      if (c.value() instanceof Double value) {
        return new Expr.Constant(-value, Type.DECIMAL, "-" + c.spelling());
      }
    }
    throw refuse(
        "operator '"
            + e.getOperator().asString()
            + "' is not allowed on a "
            + inner.type().words());
  }

  private Expr binary(BinaryExpr e) {
    Operator operator =
        Arrays.stream(Operator.values())
            .filter(o -> o.symbol().equals(e.getOperator().asString()))
            .findFirst()
            .orElseThrow(
                () ->
                    refuse(
                        "operator '" + e.getOperator().asString() + "' is not allowed in rules"));
    Expr left = read(e.getLeft());
    Expr right = read(e.getRight());
    if (!fits(operator, left.type(), right.type())) {
      throw refuse(
          "'%s' cannot stand between a %s and a %s"
              .formatted(operator.symbol(), left.type().words(), right.type().words()));
    }
    if (operator.order() || operator.equality()) {
      plain(left, right);
      plain(right, left);
      return new Expr.Binary(operator, beside(right, left), beside(left, right));
    }
    return new Expr.Binary(operator, left, right);
  }

  /** The rule compiler takes the first operand of a comparison for the whole of it. */
  private void plain(Expr truth, Expr other) {
    if (truth instanceof Expr.Binary b && b.operator().truth()) {
      throw refuse(
          "'%s' cannot be compared with '%s'; combine conditions with &&, || and !"
              .formatted(brief(Printer.print(truth)), brief(Printer.print(other))));
    }
  }

  /** A whole number beyond a Java int as the rule compiler takes it beside another operand. */
  private Expr beside(Expr other, Expr number) {
    if (!(number instanceof Expr.Constant(Long value, Type _, String _)) || isLong(other)) {
      return number;
    }
    if (other.type().kind() == Type.Kind.DECIMAL) {
      return new Expr.Constant((double) value, Type.DECIMAL, value + ".0");
    }
    throw refuse(
        "%d is beyond the whole numbers that '%s' can be compared with, which end at %d"
            .formatted(value, brief(Printer.print(other)), Integer.MAX_VALUE));
  }

  private static boolean isLong(Expr e) {
    return switch (e) {
      case Expr.Field f -> f.attribute().accessor().getReturnType() == long.class;
      case Expr.Constant c -> c.value() instanceof Long;
      case Expr.Binary b -> isLong(b.left()) || isLong(b.right());
      case Expr.Variable _, Expr.Opposite _, Expr.TextTest _ -> false;
    };
  }

  private static boolean fits(Operator operator, Type left, Type right) {
    if (operator.logic()) {
      return left.kind() == Type.Kind.TRUTH && right.kind() == Type.Kind.TRUTH;
    }
    if (operator.order()) {
      return left.number() && right.number();
    }
    if (operator.equality()) {
      return comparable(left, right);
    }
    if (operator == Operator.ADD
        && (left.kind() == Type.Kind.TEXT || right.kind() == Type.Kind.TEXT)) {
      return left.kind() != Type.Kind.FACT && right.kind() != Type.Kind.FACT;
    }
    return left.number() && right.number() && !left.nullable() && !right.nullable();
  }

  private static boolean comparable(Type left, Type right) {
    if (left.kind() == Type.Kind.NOTHING || right.kind() == Type.Kind.NOTHING) {
      return left.nullable() && right.nullable() && left.kind() != right.kind();
    }
    if (left.kind() == Type.Kind.FACT || right.kind() == Type.Kind.FACT) {
      return false;
    }
    return (left.number() && right.number())
        || (left.kind() == right.kind() && java.util.Objects.equals(left.of(), right.of()));
  }

  private Refused refuse(String message) {
    return new Refused(line, message);
  }

  static String brief(String text) {
    String one = text.strip().replaceAll("\\s+", " ");
    return one.length() <= 60 ? one : one.substring(0, 57) + "...";
  }
}
