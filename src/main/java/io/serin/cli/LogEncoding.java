package io.serin.cli;

/** How a log entry is written. */
public enum LogEncoding {
  /** One JSON object a line, for collectors. */
  JSON,
  /** One line of text, for people. */
  CONSOLE;

  /**
   * Reads the value of {@code -zap-encoding}.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static LogEncoding of(String text) {
    return switch (text) {
      case "json" -> JSON;
      case "console" -> CONSOLE;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is no log encoding; use json or console");
    };
  }
}
