package io.serin.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Renders the templates of queries. Text stays byte for byte; only <code>{{ … }}</code> means
 * something. Actions of the plain kind ({@link PlainActions}) follow Go's rules exactly, all others
 * are given to Jinjava, one by one.
 */
final class QueryTemplates {
  private static final String OPEN = "{{";

  private final Jinja jinja = new Jinja();

  /**
   * The text with every action replaced by its value.
   *
   * @throws TemplateException when any action cannot be understood or misses a value
   */
  String render(String template, Variables variables) {
    StringBuilder out = new StringBuilder();
    boolean trim = false;
    int at = 0;
    for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, at)) {
      Action action = Action.at(template, open);
      String text = template.substring(at, open);
      append(out, text, trim, action.trimsBefore());
      out.append(value(action, variables));
      trim = action.trimsAfter();
      at = action.end();
    }
    append(out, template.substring(at), trim, false);
    return out.toString();
  }

  private String value(Action action, Variables variables) {
    if (action.comment()) {
      return "";
    }
    List<Token> tokens = Token.all(action.body());
    return PlainActions.value(tokens, variables)
        .orElseGet(() -> jinja.value(action.body(), tokens, variables));
  }

  private static void append(StringBuilder out, String text, boolean trimStart, boolean trimEnd) {
    String start = trimStart ? text.stripLeading() : text;
    out.append(trimEnd ? start.stripTrailing() : start);
  }

  /** The names an action may use, for messages. */
  static String known(Variables variables) {
    List<String> names = new ArrayList<>(variables.names().keySet());
    names.add(Variables.OWN);
    return String.join(", ", names);
  }
}
