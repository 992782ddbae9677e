package io.serin.policy.profile;

import java.util.List;

/**
 * What a rule says.
 *
 * @param verb the verb of {@code decide}
 * @param arguments its arguments
 * @param line where it stands
 */
public record Action(Vocabulary.Verb verb, List<Expr> arguments, int line) {

  /** Copies the list. */
  public Action {
    arguments = List.copyOf(arguments);
  }
}
