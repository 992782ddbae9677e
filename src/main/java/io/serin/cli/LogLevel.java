package io.serin.cli;

/** How much Serin itself logs. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /**
   * Reads the value of {@code -log-level}: what Flagger's help offers and what it accepts.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static LogLevel of(String text) {
    return switch (text) {
      case "debug" -> DEBUG;
      case "info" -> INFO;
      case "warning", "warn" -> WARN;
      case "error", "fatal", "panic" -> ERROR;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is no log level; use debug, info, warning or error");
    };
  }
}
