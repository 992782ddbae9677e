package io.serin.policy;

import io.serin.policy.profile.Rule;

/**
 * Where a rule stands and what it is for.
 *
 * @param name its name, a sentence
 * @param file the file it stands in
 * @param line line of its head, from 1
 * @param asks it asks for evidence; otherwise it proposes
 */
public record RuleInfo(String name, String file, int line, boolean asks) {

  static RuleInfo of(Rule rule) {
    return new RuleInfo(rule.name(), rule.file(), rule.line(), rule.asks());
  }
}
