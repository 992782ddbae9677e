package io.serin.policy;

import io.serin.policy.profile.Rule;
import java.util.List;

/**
 * Where a rule stands and what it is for.
 *
 * @param name its name, a sentence
 * @param file the file it stands in
 * @param line line of its head, from 1
 * @param asks it asks for evidence; otherwise it proposes
 * @param joined for each way through its conditions that joins several facts of which there may be
 *     many, the names of their types
 */
public record RuleInfo(
    String name, String file, int line, boolean asks, List<List<String>> joined) {

  /** Copies the lists. */
  public RuleInfo {
    joined = joined.stream().map(List::copyOf).toList();
  }

  static RuleInfo of(Rule rule) {
    List<List<String>> joined =
        rule.joined().stream()
            .filter(way -> way.size() > 1)
            .map(way -> way.stream().map(Class::getSimpleName).toList())
            .toList();
    return new RuleInfo(rule.name(), rule.file(), rule.line(), rule.asks(), joined);
  }
}
