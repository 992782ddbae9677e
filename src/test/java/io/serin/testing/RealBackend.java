package io.serin.testing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Decides whether a test that needs a real backend runs, is skipped, or fails for want of it. */
final class RealBackend {
  static final String REQUIRED_BY = "SERIN_REQUIRE_REAL";

  private RealBackend() {}

  static ConditionEvaluationResult evaluate(String name, @Nullable String problem) {
    return evaluate(name, problem, System.getenv().getOrDefault(REQUIRED_BY, ""));
  }

  /**
   * @param problem why the backend cannot be had and what to do about it; null when it can
   * @param required names of backends, separated by commas, without which a test must not pass
   */
  static ConditionEvaluationResult evaluate(
      String name, @Nullable String problem, String required) {
    if (problem == null) {
      return ConditionEvaluationResult.enabled("a real " + name + " is at hand");
    }
    if (Arrays.asList(required.split("[,\\s]+")).contains(name)) {
      throw new IllegalStateException(
          "%s=%s asks for a real %s, but %s".formatted(REQUIRED_BY, required, name, problem));
    }
    return ConditionEvaluationResult.disabled("needs a real " + name + ": " + problem);
  }
}
