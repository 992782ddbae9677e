package io.serin.policy.testing;

/** A case cannot be understood; the message is one line for its author. */
final class CaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CaseException(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
