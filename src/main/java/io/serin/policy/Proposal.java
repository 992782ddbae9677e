package io.serin.policy;

import io.serin.fact.Verdict;
import java.util.List;

/**
 * A verdict that a rule proposes.
 *
 * @param rule name of the rule
 * @param verdict what it wants
 * @param because the facts that made it fire
 */
public record Proposal(String rule, Verdict verdict, List<Object> because) {

  /** Copies the list. */
  public Proposal {
    because = List.copyOf(because);
  }
}
