package io.serin.policy;

import io.serin.fact.Verdict;
import java.util.List;

/**
 * What a shadow policy would have decided.
 *
 * @param name name of the policy
 * @param policy its digest
 * @param agreement how it compares with what was decided, by verb and by weight or iteration
 * @param rule the rule that would have won
 * @param verdict what it would have wanted; worth nothing when it cannot be told
 * @param unanswered what it asked and nobody had an answer for
 */
public record ShadowDecision(
    String name,
    String policy,
    Agreement agreement,
    String rule,
    Verdict verdict,
    List<String> unanswered) {

  /** Copies the list. */
  public ShadowDecision {
    unanswered = List.copyOf(unanswered);
  }

  /** How a shadow's decision compares with the active one. */
  public enum Agreement {
    AGREES,
    DISAGREES,
    /** It asks for something that the active policy did not ask for. */
    CANNOT_TELL
  }

  /** In one line, for people. */
  public String line() {
    return switch (agreement) {
      case AGREES -> "%s agrees (rule '%s')".formatted(name, rule);
      case DISAGREES ->
          "%s would %s: %s (rule '%s')".formatted(name, verdict.course(), verdict.reason(), rule);
      case CANNOT_TELL ->
          "%s cannot tell: nobody asked for %s".formatted(name, String.join(", ", unanswered));
    };
  }
}
