package io.serin.policy.profile;

import java.util.List;

/**
 * A rule within the profile.
 *
 * @param name its name, a sentence
 * @param file the file it stands in
 * @param line line of its head, from 1
 * @param when what must hold, all of it
 * @param then what it says
 */
public record Rule(String name, String file, int line, List<Condition> when, List<Action> then) {

  /** Copies the lists. */
  public Rule {
    when = List.copyOf(when);
    then = List.copyOf(then);
  }

  /** It asks for evidence; otherwise it proposes. */
  public boolean asks() {
    return then.stream().anyMatch(a -> a.verb().asks());
  }
}
