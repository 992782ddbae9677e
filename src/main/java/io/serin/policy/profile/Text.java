package io.serin.policy.profile;

import java.util.Optional;

/** Looks at the characters of a file before any parser sees them. */
final class Text {

  private Text() {}

  /** What is wrong with the characters, or empty. */
  static Optional<Refused> problem(String text) {
    int line = 1;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'u') {
        return refuse(line, "unicode escapes are not allowed in rules; write the character");
      } else if (hidden(c)) {
        return refuse(
            line, "the invisible character U+%04X is not allowed in rules".formatted((int) c));
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth = Math.max(0, depth - 1);
      }
      if (depth > ProfileLimits.DEPTH) {
        return refuse(
            line,
            "more than " + ProfileLimits.DEPTH + " brackets within brackets; simplify the rule");
      }
    }
    return Optional.empty();
  }

  private static boolean hidden(char c) {
    int type = Character.getType(c);
    return (Character.isISOControl(c) && c != '\r' && c != '\t')
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static Optional<Refused> refuse(int line, String message) {
    return Optional.of(new Refused(line, message));
  }
}
