package io.serin.metric;

/**
 * One <code>{{ … }}</code> of a template.
 *
 * @param body what stands between the braces, without trim markers and outer blanks
 * @param end index after the closing braces
 * @param trimsBefore it takes the white space before it away
 * @param trimsAfter it takes the white space after it away
 * @param comment it is a comment
 */
record Action(String body, int end, boolean trimsBefore, boolean trimsAfter, boolean comment) {
  private static final int LONGEST_SHOWN = 60;
  private static final String COMMENT_START = "/*";
  private static final String COMMENT_END = "*/";

  /** Reads the action whose opening braces are at this index. */
  static Action at(String template, int open) {
    int start = open + 2;
    boolean trimsBefore = isTrimMarker(template, start, start + 1);
    int inner = trimsBefore ? start + 2 : start;
    if (template.startsWith(COMMENT_START, inner)) {
      return comment(template, open, inner, trimsBefore);
    }
    int close = close(template, inner, open);
    boolean trimsAfter = close - 2 >= inner && isTrimMarker(template, close - 1, close - 2);
    String body = template.substring(inner, trimsAfter ? close - 1 : close).strip();
    return checked(new Action(body, close + 2, trimsBefore, trimsAfter, false));
  }

  private static Action comment(String template, int open, int inner, boolean trimsBefore) {
    int end = template.indexOf(COMMENT_END, inner + 2);
    if (end < 0) {
      throw TemplateException.parsing("unclosed comment: " + shown(template.substring(open)));
    }
    int after = end + 2;
    if (template.startsWith("}}", after)) {
      return new Action("", after + 2, trimsBefore, false, true);
    }
    int close = template.indexOf("}}", after);
    if (close >= 0 && template.substring(after, close).strip().equals("-") && close > after + 1) {
      return new Action("", close + 2, trimsBefore, true, true);
    }
    throw TemplateException.parsing(
        "comment ends before closing delimiter: " + shown(template.substring(open)));
  }

  private static int close(String template, int from, int open) {
    int at = from;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (template.startsWith("}}", at)) {
        return at;
      }
      at = Token.isQuote(c) ? Token.endOfQuoted(template, at) : at + 1;
    }
    throw TemplateException.parsing("unclosed action: " + shown(template.substring(open)));
  }

  private static Action checked(Action action) {
    String body = action.body();
    if (body.isEmpty()) {
      throw TemplateException.parsing("missing value for command in {{ }}");
    }
    if (body.startsWith("{")
        || body.chars().anyMatch(c -> Character.isISOControl(c) && !isBlank(c))) {
      throw TemplateException.parsing("unexpected character in {{ " + shown(body) + " }}");
    }
    return action;
  }

  /** A dash counts as trim marker only with white space on its inner side. */
  private static boolean isTrimMarker(String template, int dash, int inner) {
    return dash < template.length()
        && inner < template.length()
        && template.charAt(dash) == '-'
        && isBlank(template.charAt(inner));
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "\u2026";
  }
}
