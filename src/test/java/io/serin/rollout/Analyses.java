package io.serin.rollout;

/** Analyses that many scenarios share, as YAML of {@code spec.analysis}. */
final class Analyses {

  static final String CHECK = "request-success-rate";

  /** 10, 20, 30, then promotion; two failed checks end the run. */
  static final String STEPS =
      """
      stepWeight: 10
      maxWeight: 30
      metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]
      """;

  static final String AB =
      """
      iterations: 3
      match: [{headers: {x-canary: {exact: insider}}}]
      metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]
      """;

  static final String BLUE_GREEN =
      """
      iterations: 3
      metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]
      """;

  private Analyses() {}

  /** With webhooks, each given as {@code type} and named like it, or as {@code type/name}. */
  static String hooked(String analysis, String... hooks) {
    StringBuilder yaml = new StringBuilder(analysis).append("\nwebhooks:\n");
    for (String hook : hooks) {
      String type = hook.replaceAll("/.*", "");
      String name = hook.replaceAll(".*/", "");
      yaml.append("- {name: %s, type: %s, url: \"http://hooks/\"}\n".formatted(name, type));
    }
    return yaml.toString();
  }
}
