package io.serin.policy.profile;

/** How bad a finding is. */
public enum Severity {
  /** The policy cannot be used. */
  ERROR,
  /** The policy can be used and most likely does not do what its author wants. */
  WARNING
}
