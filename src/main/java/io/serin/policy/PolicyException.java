package io.serin.policy;

import java.util.List;

/** A policy cannot be used; each finding is one line with file, line and reason. */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> findings;

  /** With at least one finding. */
  public PolicyException(List<String> findings) {
    super(String.join("; ", findings));
    this.findings = List.copyOf(findings);
  }

  /** One line each. */
  public List<String> findings() {
    return findings;
  }
}
