package io.serin.policy.profile;

import io.serin.policy.profile.Expr.Operator;
import org.jspecify.annotations.Nullable;

/** Arithmetic as compiled rules do it, which is Java's: two ints give an int, NaN compares not. */
final class Numbers {

  private Numbers() {}

  /** Whether the comparison holds; never with something that is absent. */
  static boolean order(Operator operator, @Nullable Object left, @Nullable Object right) {
    if (!(left instanceof Number l) || !(right instanceof Number r)) {
      return false;
    }
    return decimal(l, r)
        ? order(operator, l.doubleValue(), r.doubleValue())
        : order(operator, Long.compare(l.longValue(), r.longValue()), 0);
  }

  private static boolean order(Operator operator, double left, double right) {
    return switch (operator) {
      case LT -> left < right;
      case LE -> left <= right;
      case GT -> left > right;
      case GE -> left >= right;
      default -> throw new IllegalArgumentException(operator + " orders nothing");
    };
  }

  static boolean same(Number left, Number right) {
    return decimal(left, right)
        ? Double.compare(left.doubleValue(), right.doubleValue()) == 0
        : left.longValue() == right.longValue();
  }

  /** The sum, difference or product; null with something that is absent. */
  static @Nullable Object reckon(Operator operator, @Nullable Object left, @Nullable Object right) {
    if (!(left instanceof Number l) || !(right instanceof Number r)) {
      return null;
    }
    if (decimal(l, r)) {
      return reckon(operator, l.doubleValue(), r.doubleValue());
    }
    long whole = reckon(operator, l.longValue(), r.longValue());
    return l instanceof Integer && r instanceof Integer ? (Object) (int) whole : (Object) whole;
  }

  private static double reckon(Operator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      default -> throw new IllegalArgumentException(operator + " reckons nothing");
    };
  }

  private static long reckon(Operator operator, long left, long right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      default -> throw new IllegalArgumentException(operator + " reckons nothing");
    };
  }

  private static boolean decimal(Number left, Number right) {
    return left instanceof Double || right instanceof Double;
  }
}
