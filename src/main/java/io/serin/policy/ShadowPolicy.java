package io.serin.policy;

import java.util.List;

/**
 * A policy that decides beside the active one, over the same facts and the same answers. It asks
 * nobody: what it wants to know and the active policy did not ask has no answer.
 *
 * @param name what it is called where it is told of
 * @param policy its rules
 */
public record ShadowPolicy(String name, Policy policy) {

  /** What it would have decided in a tick that the active policy decided. */
  public ShadowDecision beside(Decision active) {
    GivenEvidence evidence = new GivenEvidence(active.evidence());
    Decision own = policy.decide(active.facts(), evidence);
    List<String> unanswered = evidence.unanswered();
    boolean same = own.verdict().course().equals(active.verdict().course());
    return new ShadowDecision(
        name,
        policy.digest(),
        unanswered.isEmpty()
            ? same ? ShadowDecision.Agreement.AGREES : ShadowDecision.Agreement.DISAGREES
            : ShadowDecision.Agreement.CANNOT_TELL,
        own.winner().rule(),
        own.verdict(),
        unanswered);
  }
}
