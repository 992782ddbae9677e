package io.serin.policy.catalog;

import io.serin.api.PromotionPolicySpec;
import java.util.List;

/**
 * A version of a policy, as its author wrote it.
 *
 * @param key where it is from
 * @param spec what it says
 * @param problems what could not be read of it, one line each; with any it is not used
 * @param generation counts its versions; 0 where nobody does
 */
public record PolicyDefinition(
    PolicyKey key, PromotionPolicySpec spec, List<String> problems, long generation) {

  /** Copies the list. */
  public PolicyDefinition {
    problems = List.copyOf(problems);
  }
}
