package io.serin.policy.profile;

/**
 * Something that is wrong with a policy.
 *
 * @param file file of the policy
 * @param line line in that file, from 1
 * @param severity how bad it is
 * @param message what is wrong and what to do, in one line
 */
public record Finding(String file, int line, Severity severity, String message) {

  /** {@code file:line: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
