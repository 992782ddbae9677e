package io.serin.cluster;

/** Makes one line of whatever an exception or an API server says. */
final class OneLine {
  private static final int LONGEST = 500;

  private OneLine() {}

  static String of(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** The message of the innermost cause that has one. */
  static String of(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return of(message == null ? root.getClass().getSimpleName() : message);
  }
}
