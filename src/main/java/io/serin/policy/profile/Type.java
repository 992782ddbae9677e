package io.serin.policy.profile;

import org.jspecify.annotations.Nullable;

/**
 * The type of an expression.
 *
 * @param kind sort of value
 * @param of the enum of a choice or the record of a fact, otherwise null
 * @param nullable the value may be absent
 */
public record Type(Kind kind, @Nullable Class<?> of, boolean nullable) {

  /** The sorts of value that rules know. */
  public enum Kind {
    TRUTH,
    WHOLE,
    DECIMAL,
    TEXT,
    CHOICE,
    FACT,
    NOTHING
  }

  static final Type TRUTH = new Type(Kind.TRUTH, null, false);
  static final Type WHOLE = new Type(Kind.WHOLE, null, false);
  static final Type DECIMAL = new Type(Kind.DECIMAL, null, false);
  static final Type TEXT = new Type(Kind.TEXT, null, false);
  static final Type NOTHING = new Type(Kind.NOTHING, null, true);

  static @Nullable Type ofJava(Class<?> java, boolean nullable) {
    if (java == boolean.class) {
      return TRUTH;
    }
    if (java == int.class || java == long.class) {
      return WHOLE;
    }
    if (java == double.class || java == Double.class) {
      return new Type(Kind.DECIMAL, null, nullable);
    }
    if (java == String.class) {
      return new Type(Kind.TEXT, null, nullable);
    }
    return java.isEnum() ? new Type(Kind.CHOICE, java, nullable) : null;
  }

  /** It is a number. */
  public boolean number() {
    return kind == Kind.WHOLE || kind == Kind.DECIMAL;
  }

  /** For people, such as {@code whole number}. */
  public String words() {
    return switch (kind) {
      case TRUTH -> "truth value";
      case WHOLE -> "whole number";
      case DECIMAL -> nullable ? "number that may be absent" : "number";
      case TEXT -> "text";
      case CHOICE, FACT -> of == null ? "value" : of.getSimpleName();
      case NOTHING -> "null";
    };
  }
}
