package io.serin.policy.profile;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An expression that the profile allows, checked for its type. */
public sealed interface Expr {

  /** Type of its value. */
  Type type();

  /** The constants, variables and attributes that it is made of, from left to right. */
  default Stream<Expr> leaves() {
    return switch (this) {
      case Constant _, Variable _, Field _ -> Stream.of(this);
      case Opposite o -> o.inner().leaves();
      case TextTest t -> Stream.concat(t.on().leaves(), t.argument().leaves());
      case Binary b -> Stream.concat(b.left().leaves(), b.right().leaves());
    };
  }

  /** The attributes that it reads. */
  default Stream<Field> fields() {
    return leaves().filter(Field.class::isInstance).map(Field.class::cast);
  }

  /** It depends on other facts than the one that its pattern is about. */
  default boolean joins() {
    return leaves().anyMatch(e -> e instanceof Variable || e instanceof Field f && f.of() != null);
  }

  /**
   * A literal or the constant of an enum.
   *
   * @param value Boolean, Integer, Long when it is beyond that, Double, String, an enum constant or
   *     null
   * @param spelling as it is printed
   */
  record Constant(@Nullable Object value, Type type, String spelling) implements Expr {}

  /**
   * An attribute of a fact.
   *
   * @param of variable that holds the fact; null for the fact that the pattern is about
   */
  record Field(@Nullable String of, Attribute attribute) implements Expr {
    @Override
    public Type type() {
      return attribute.type();
    }
  }

  /** A bound variable. */
  record Variable(String name, Type type) implements Expr {}

  /** The opposite of a truth value. */
  record Opposite(Expr inner) implements Expr {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  /** Two expressions and what is between them. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public Type type() {
      if (operator.truth()) {
        return Type.TRUTH;
      }
      if (left.type().kind() == Type.Kind.TEXT || right.type().kind() == Type.Kind.TEXT) {
        return Type.TEXT;
      }
      boolean whole =
          left.type().kind() == Type.Kind.WHOLE && right.type().kind() == Type.Kind.WHOLE;
      return whole ? Type.WHOLE : Type.DECIMAL;
    }
  }

  /** One of the tests that texts know, such as {@code name.startsWith("x")}. */
  record TextTest(String method, Expr on, Expr argument) implements Expr {
    @Override
    public Type type() {
      return Type.TRUTH;
    }
  }

  /** What stands between two expressions. */
  enum Operator {
    OR("||"),
    AND("&&"),
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As Java writes it. */
    public String symbol() {
      return symbol;
    }

    boolean logic() {
      return this == OR || this == AND;
    }

    boolean equality() {
      return this == EQ || this == NE;
    }

    boolean order() {
      return this == LT || this == LE || this == GT || this == GE;
    }

    boolean truth() {
      return logic() || equality() || order();
    }
  }
}
