package io.serin.policy;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decided in a tick, and how it came to it.
 *
 * @param winner the most careful proposal
 * @param proposals all proposals, the winner first, then by caution
 * @param asked what rules asked for, in the order of asking
 * @param facts what the policy saw: what was observed, with the policy's settings
 * @param evidence what was answered
 * @param policy digest of the policy
 * @param trouble why the policy could not decide, or null; the winner is then a hold
 */
public record Decision(
    Proposal winner,
    List<Proposal> proposals,
    List<Asked> asked,
    Facts facts,
    Evidence evidence,
    String policy,
    @Nullable String trouble) {

  /** Copies the lists. */
  public Decision {
    proposals = List.copyOf(proposals);
    asked = List.copyOf(asked);
  }

  /** What is to happen. */
  public Verdict verdict() {
    return winner.verdict();
  }
}
