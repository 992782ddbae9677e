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

  /**
   * For each way through its conditions, the kinds of facts that come in any number and that it
   * joins: their combinations are the work that it can make.
   */
  public List<List<Class<?>>> joined() {
    return Cost.joined(when);
  }

  /** It asks for evidence; otherwise it proposes. */
  public boolean asks() {
    return then.stream().anyMatch(a -> a.verb().asks());
  }
}
