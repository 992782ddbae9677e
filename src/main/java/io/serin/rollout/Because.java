package io.serin.rollout;

import io.serin.policy.Proposal;
import io.serin.policy.explain.Explanation;

/**
 * Why something was told: what {@code serin explain} says of it, in one line.
 *
 * @param rule the rule that proposed it
 * @param line verdict, reason and rule, such as {@code advance: every check passes, from 10 to 20
 *     (rule 'advance one step while everything passes')}
 */
public record Because(String rule, String line) {

  static Because of(Proposal proposal) {
    return new Because(proposal.rule(), Explanation.line(proposal));
  }
}
