package io.serin.cluster;

import io.serin.api.PromotionPolicySpec;
import java.util.List;

/**
 * A version of a policy that was kept in the cluster.
 *
 * @param spec what it says
 * @param problems why it cannot be used, one line each; none when it can
 */
public record KeptPolicy(PromotionPolicySpec spec, List<String> problems) {

  /** Copies the list. */
  public KeptPolicy {
    problems = List.copyOf(problems);
  }
}
