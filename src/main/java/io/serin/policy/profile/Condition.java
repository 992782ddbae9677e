package io.serin.policy.profile;

import java.util.List;

/** One condition of a rule. */
public sealed interface Condition {

  /** Where it stands. */
  int line();

  /** There is such a fact. */
  record Match(Pattern pattern) implements Condition {
    @Override
    public int line() {
      return pattern.line();
    }
  }

  /** {@code not}: it holds for nothing. */
  record None(Condition inner, int line) implements Condition {}

  /** {@code exists}: it holds for something. */
  record Some(Condition inner, int line) implements Condition {}

  /** {@code forall}: whatever matches the base also matches the rest. */
  record Every(Pattern base, List<Pattern> rest, int line) implements Condition {
    /** Copies the list. */
    public Every {
      rest = List.copyOf(rest);
    }
  }

  /** All of them. */
  record Both(List<Condition> parts, int line) implements Condition {
    /** Copies the list. */
    public Both {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of them. */
  record Either(List<Condition> parts, int line) implements Condition {
    /** Copies the list. */
    public Either {
      parts = List.copyOf(parts);
    }
  }

  /**
   * {@code accumulate}: numbers over all facts that match.
   *
   * @param source what is counted
   * @param functions the numbers
   * @param constraints what must hold for them
   */
  record Accumulated(
      Pattern source, List<Function> functions, List<Constraint> constraints, int line)
      implements Condition {
    /** Copies the lists. */
    public Accumulated {
      functions = List.copyOf(functions);
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * A number over many facts.
   *
   * @param binding variable that holds the result
   * @param name {@code count}, {@code sum}, {@code min}, {@code max} or {@code average}
   * @param argument what is counted
   * @param type type of the result
   */
  record Function(String binding, String name, Expr argument, Type type) {}
}
