package io.serin.policy.check;

import io.serin.policy.profile.Finding;
import io.serin.policy.profile.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a check found.
 *
 * @param findings errors first
 * @param states states that the sweep covered, a whole number that may be large
 * @param decided states that it decided; the others cannot be told apart from one of these
 * @param sampled some fact had too many combinations of boundary values, so not all were tried
 */
public record CheckReport(List<Finding> findings, String states, long decided, boolean sampled) {

  /** Copies the list. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** The policy may be used. */
  public boolean passed() {
    return findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
  }

  /** For a terminal. */
  public String text() {
    List<String> lines = new ArrayList<>();
    for (Finding f : findings) {
      lines.add(
          "%s:%d: %s: %s"
              .formatted(
                  f.file(), f.line(), f.severity().name().toLowerCase(Locale.ROOT), f.message()));
    }
    lines.add(
        "%s states covered, %d decided%s".formatted(states, decided, sampled ? " (a sample)" : ""));
    return String.join("\n", lines) + "\n";
  }
}
