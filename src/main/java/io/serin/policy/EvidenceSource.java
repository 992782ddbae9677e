package io.serin.policy;

import io.serin.fact.Evidence;
import java.util.List;

/**
 * Answers what rules ask. In the controller it calls webhooks and metric providers, in a replay it
 * reads a recording.
 */
@FunctionalInterface
public interface EvidenceSource {

  /**
   * Answers every ask of one round, at the same time where that is possible. A question that cannot
   * be answered is answered so (a closed gate, an outcome of error); this never throws for a single
   * ask.
   *
   * @param asks what was not asked before in this tick, at least one
   */
  Evidence gather(List<Ask> asks);
}
