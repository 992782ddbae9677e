package io.serin.api;

/**
 * Something about a resource that its author should know: one line that names the field, its value
 * and what to write instead.
 */
public record Finding(Severity severity, String field, String message) {

  public enum Severity {
    /** Tolerated: what is used instead is part of the message. */
    WARNING,
    /** Must be corrected before a rollout may start. */
    ERROR
  }

  static Finding warning(String field, String message) {
    return new Finding(Severity.WARNING, field, message);
  }

  static Finding error(String field, String message) {
    return new Finding(Severity.ERROR, field, message);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code spec.analysis.threshold is 2.5: …}. */
  @Override
  public String toString() {
    return field + " " + message;
  }
}
