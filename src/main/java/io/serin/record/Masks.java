package io.serin.record;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What must not get into a recording. Masks are applied to the texts that others wrote and that no
 * decision compares: answers of webhooks, messages, reasons, effects. Names, revisions and numbers
 * stay.
 *
 * @param patterns what is replaced by {@code ***}; only the group named {@code secret} where a
 *     pattern has one
 */
public record Masks(List<Pattern> patterns) {

  /**
   * Longest text in characters that is written; what follows is cut before the masks look at it.
   */
  static final int LONGEST_TEXT = 4096;

  private static final String MASK = "***";

  private static final Set<String> FREE_TEXTS =
      Set.of(
          "answer", "message", "reason", "source", "refused", "trouble", "effects", "because",
          "line");

  /** Nothing is masked. */
  public static final Masks NONE = new Masks(List.of());

  /**
   * Credentials in URLs, authorization headers, keys and values that look secret, well-known forms
   * of tokens.
   */
  public static final Masks DEFAULT =
      NONE.and(
          "(?i)\\b(?:bearer|basic)\\s+(?<secret>[\\w+/=.~-]{8,})",
          "(?i)(?:token|passw(?:or)?d|secret|api[-_]?key|access[-_]?key|authorization|credentials?)[\"']?"
              + "\\s{0,3}[=:]\\s{0,3}[\"']?(?!(?:bearer|basic)\\s)(?<secret>[^\\s\"',;&]{3,})",
          "://[^/\\s:@]{1,200}:(?<secret>[^/\\s@]{1,200})@",
          "\\beyJ[\\w-]{8,}\\.[\\w-]{2,}\\.?[\\w-]*",
          "\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk-|AKIA|ASIA)[\\w-]{8,}",
          "hooks\\.slack\\.com/services/(?<secret>[\\w/-]+)",
          "(?<![\\w+=-])(?=[\\w+=-]{0,200}[a-z])(?=[\\w+=-]{0,200}[A-Z])(?=[\\w+=-]{0,200}\\d)[\\w+=-]{32,}+");

  /** Copies the list. */
  public Masks {
    patterns = List.copyOf(patterns);
  }

  /**
   * These and more.
   *
   * @param regexes Java regular expressions
   * @throws java.util.regex.PatternSyntaxException when one is none
   */
  public Masks and(String... regexes) {
    return new Masks(
        Stream.concat(patterns.stream(), Stream.of(regexes).map(Pattern::compile)).toList());
  }

  /** The text without what must not be seen. */
  public String apply(String text) {
    String masked = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(masked);
      if (matcher.find()) {
        masked = replace(pattern, matcher);
      }
    }
    return masked;
  }

  /** Masks the free texts of a line, in place. */
  void applyTo(ObjectNode line) {
    for (var property : line.properties()) {
      JsonNode value = property.getValue();
      boolean free = FREE_TEXTS.contains(property.getKey());
      if (free && value.isString()) {
        property.setValue(StringNode.valueOf(apply(value.stringValue())));
      } else if (value instanceof ObjectNode object) {
        applyTo(object);
      } else if (value instanceof ArrayNode array) {
        applyTo(array, free);
      }
    }
  }

  private void applyTo(ArrayNode array, boolean free) {
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      if (element instanceof ObjectNode object) {
        applyTo(object);
      } else if (free && element.isString()) {
        array.set(i, StringNode.valueOf(apply(element.stringValue())));
      }
    }
  }

  private static String replace(Pattern pattern, Matcher matcher) {
    if (!pattern.namedGroups().containsKey("secret")) {
      return matcher.replaceAll(MASK);
    }
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(
                found.group().substring(0, found.start("secret") - found.start())
                    + MASK
                    + found.group().substring(found.end("secret") - found.start())));
  }
}
