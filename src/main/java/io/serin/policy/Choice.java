package io.serin.policy;

import io.serin.fact.Facts;
import io.serin.fact.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Who decides about a canary in this tick.
 *
 * @param policy the policy
 * @param shadows policies that decide beside it
 * @param problems why another one should decide and cannot; with any the canary holds
 * @param shadowSettings names of settings that shadow policies declare, where the canary asks for
 *     any setting
 */
public record Choice(
    Policy policy,
    List<ShadowPolicy> shadows,
    List<Problem> problems,
    List<String> shadowSettings) {

  /** Copies the lists. */
  public Choice {
    shadows = List.copyOf(shadows);
    problems = List.copyOf(problems);
    shadowSettings = List.copyOf(shadowSettings);
  }

  /** A policy and nothing beside it. */
  public Choice(Policy policy) {
    this(policy, List.of(), List.of(), List.of());
  }

  /** What was observed of the canary, and what is to be known of this choice. */
  public Facts joining(Facts observed) {
    List<Problem> all = new ArrayList<>(observed.problems());
    all.addAll(problems);
    return observed.with(all).in(observed.surroundings().besideShadows(shadowSettings));
  }
}
