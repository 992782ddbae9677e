package io.serin.fact;

import org.jspecify.annotations.Nullable;

/**
 * The measurement of a check.
 *
 * @param name name of the metric
 * @param order place in the canary's list, from 0
 * @param outcome what the comparison with the range gave
 * @param value the measured value, in the metric's own unit; null unless there is one
 * @param min smallest value that passes; null for none
 * @param max largest value that passes; null for none
 * @param message the outcome in one line, for people
 */
public record Metric(
    String name,
    int order,
    Outcome outcome,
    @Nullable Double value,
    @Nullable Double min,
    @Nullable Double max,
    String message) {

  /** What is not a number is none: compiled rules would find it larger than any. */
  public Metric {
    value = number(value);
    min = number(min);
    max = number(max);
  }

  static @Nullable Double number(@Nullable Double given) {
    return given == null || given.isNaN() ? null : given;
  }

  /** No data, stale data and an error are answers of their own, never a failed comparison. */
  public enum Outcome {
    /** A value within the range. */
    PASS,
    /** A value outside the range. */
    FAIL,
    /** The provider answered that it has no value. */
    NO_DATA,
    /** The newest value is too old to say anything about the present step. */
    STALE,
    /** The provider could not be asked, or its answer not be understood. */
    ERROR
  }

  /** The accepted range as people write it, such as {@code >= 99} or {@code 1 to 5}. */
  public String range() {
    if (min != null && max != null) {
      return min + " to " + max;
    }
    return min != null ? ">= " + min : max != null ? "<= " + max : "anything";
  }
}
