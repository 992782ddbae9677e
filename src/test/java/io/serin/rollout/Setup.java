package io.serin.rollout;

import io.serin.fact.Metric;
import java.util.List;

/**
 * A generated canary.
 *
 * @param provider provider string
 * @param strategy YAML fields of the analysis that choose the strategy
 * @param affinity clients keep their side, where the provider is able to
 * @param hooks one webhook of each type is declared
 * @param checks metrics that are declared
 * @param revert the world is put back when the Canary is deleted
 */
record Setup(
    String provider,
    String strategy,
    boolean affinity,
    boolean hooks,
    List<String> checks,
    boolean revert) {

  static final List<String> PROGRESSIVE =
      List.of(
          "stepWeight: 20\nmaxWeight: 50",
          "stepWeights: [5, 30, 80]",
          "stepWeight: 50\nstepWeightPromotion: 40");
  static final List<String> MIRRORED =
      List.of("stepWeight: 30\nmaxWeight: 60\nmirror: true", "iterations: 2\nmirror: true");
  static final String AB = "iterations: 2\nmatch: [{headers: {x-canary: {exact: insider}}}]";
  static final String BLUE_GREEN = "iterations: 2";

  /** Names of the declared webhooks, which say their types. */
  static final List<String> HOOKS =
      List.of(
          "confirm-rollout",
          "pre-rollout",
          "rollout",
          "confirm-traffic-increase",
          "confirm-promotion",
          "rollback",
          "post-rollout");

  static final String CONFIG = "settings";

  boolean progressive() {
    return !provider.equals("kubernetes") && !strategy.contains("iterations");
  }

  boolean blueGreen() {
    return provider.equals("kubernetes") || (!progressive() && !strategy.contains("match"));
  }

  boolean mirrored() {
    return strategy.contains("mirror");
  }

  /** A scenario before its first tick, in which nothing refuses and every check passes. */
  Scenario scenario() {
    Scenario scenario = new Scenario(provider, analysis(), spec());
    if (provider.equals("nginx")) {
      scenario.cluster.put(Scenario.ingress());
    }
    Worlds.configure(scenario, "blue");
    Worlds.readConfig(scenario);
    scenario.hooks.refuse("rollback");
    checks.forEach(check -> scenario.meter.gives(check, Metric.Outcome.PASS));
    return scenario;
  }

  private String spec() {
    StringBuilder spec = new StringBuilder("revertOnDeletion: " + revert + "\n");
    if (provider.equals("nginx")) {
      spec.append("ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: podinfo}\n");
    }
    return spec.toString();
  }

  private String analysis() {
    StringBuilder analysis = new StringBuilder(strategy).append('\n');
    if (affinity && !provider.equals("nginx") && !provider.equals("kubernetes")) {
      analysis.append("sessionAffinity: {cookieName: side, primaryCookieName: old-side}\n");
    }
    if (!checks.isEmpty()) {
      analysis.append("metrics:\n");
      checks.forEach(
          check ->
              analysis.append(
                  "- {name: " + check + ", interval: 1m, thresholdRange: {min: 99}}\n"));
    }
    if (hooks) {
      analysis.append("webhooks:\n");
      HOOKS.forEach(
          hook ->
              analysis.append(
                  "- {name: %s, type: %s, url: http://hooks/}\n".formatted(hook, hook)));
    }
    return analysis.toString();
  }
}
