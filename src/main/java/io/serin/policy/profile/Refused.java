package io.serin.policy.profile;

/** Something is outside the profile; carried up to the rule that holds it. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final int line;

  Refused(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
