package io.serin.policy.testing;

import io.serin.policy.Decision;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a case ended.
 *
 * @param file the file it stands in
 * @param name its name
 * @param problems what was not as expected, one line each; empty when it passed
 * @param decision what the policy decided in the last tick; null when the case cannot be understood
 * @param took how long it took
 */
public record CaseResult(
    String file, String name, List<String> problems, @Nullable Decision decision, Duration took) {

  /** Copies the list. */
  public CaseResult {
    problems = List.copyOf(problems);
  }

  static CaseResult broken(String file, String name, String problem) {
    return new CaseResult(file, name, List.of(problem), null, Duration.ZERO);
  }

  /** As expected. */
  public boolean passed() {
    return problems.isEmpty();
  }
}
