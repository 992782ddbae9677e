package io.serin.metric;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a label in PromQL.
 *
 * @param label name of the label
 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
 * @param value with variables as {@code <name>}
 */
record LabelMatcher(String label, String operator, String value) {
  /** What follows the workload's name in the names of its pods. */
  static final String POD_SUFFIX = "<suffix>";

  private static final Pattern VARIABLE = Pattern.compile("<(\\w+)>");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

  static LabelMatcher is(String label, String value) {
    return new LabelMatcher(label, "=", value);
  }

  static LabelMatcher isNot(String label, String value) {
    return new LabelMatcher(label, "!=", value);
  }

  static LabelMatcher like(String label, String regex) {
    return new LabelMatcher(label, "=~", regex);
  }

  static LabelMatcher unlike(String label, String regex) {
    return new LabelMatcher(label, "!~", regex);
  }

  /**
   * The condition in PromQL. A variable's value is taken literally, also inside a regex.
   *
   * @param podSuffix regex that takes the place of {@value #POD_SUFFIX}
   */
  String promql(Variables variables, String podSuffix) {
    boolean regex = operator.endsWith("~");
    String filled =
        VARIABLE
            .matcher(value.replace(POD_SUFFIX, podSuffix))
            .replaceAll(
                found -> {
                  String plain = variables.get(found.group(1));
                  return Matcher.quoteReplacement(regex ? literal(plain) : plain);
                });
    return label + operator + '"' + filled.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String literal(String plain) {
    return SPECIAL
        .matcher(plain)
        .replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
  }
}
