package io.serin.demo;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A condition on a label, as in PromQL.
 *
 * @param label name of the label
 * @param pattern matched against the whole value
 * @param wanted whether the value has to match or must not
 */
record LabelMatcher(String label, Pattern pattern, boolean wanted) {
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The matchers between a selector's braces. */
  static List<LabelMatcher> parse(String selector) {
    return MATCHER.matcher(selector).results().map(LabelMatcher::of).toList();
  }

  boolean accepts(String value) {
    return pattern.matcher(value).matches() == wanted;
  }

  private static LabelMatcher of(MatchResult found) {
    String value = found.group(3).replace("\\\\", "\\");
    Pattern pattern = Pattern.compile(found.group(2).endsWith("~") ? value : Pattern.quote(value));
    return new LabelMatcher(found.group(1), pattern, found.group(2).startsWith("="));
  }
}
