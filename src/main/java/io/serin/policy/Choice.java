package io.serin.policy;

import io.serin.fact.Problem;
import java.util.List;

/**
 * Who decides about a canary in this tick.
 *
 * @param policy the policy
 * @param shadows policies that decide beside it
 * @param problems why another one should decide and cannot; with any the canary holds
 */
public record Choice(Policy policy, List<ShadowPolicy> shadows, List<Problem> problems) {

  /** Copies the lists. */
  public Choice {
    shadows = List.copyOf(shadows);
    problems = List.copyOf(problems);
  }

  /** A policy and nothing beside it. */
  public Choice(Policy policy) {
    this(policy, List.of(), List.of());
  }
}
