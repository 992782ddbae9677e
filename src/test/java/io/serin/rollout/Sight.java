package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.traffic.Observed;
import io.serin.traffic.Routers;
import io.serin.traffic.Split;
import io.serin.traffic.TrafficOptions;

/**
 * The world as a user could see it between two ticks.
 *
 * @param canary spec and status
 * @param granted percent of live traffic that the status grants to the canary
 * @param live percent of live traffic that the routes send to the canary
 * @param apex which application the apex Service selects; empty when there is none
 * @param replicas replicas that the target's spec wants
 * @param targetAvailable available pods of the target
 * @param primaryAvailable available pods of the primary
 * @param image image of the primary; empty when there is none
 * @param color configuration of the primary; empty when there is none
 */
record Sight(
    Canary canary,
    int granted,
    int live,
    String apex,
    int replicas,
    long targetAvailable,
    long primaryAvailable,
    String image,
    String color) {

  static Sight of(Scenario scenario) {
    Canary canary = scenario.canary();
    KubeObject target = scenario.deployment("podinfo");
    KubeObject primary = Worlds.deployment(scenario, "podinfo-primary");
    return new Sight(
        canary,
        Plan.of(canary, canary.spec().provider()).split(canary).canary(),
        live(scenario, canary),
        scenario.apexSelector(),
        scenario.replicas("podinfo"),
        target.number(0, "status", "availableReplicas"),
        primary == null ? 0 : primary.number(0, "status", "availableReplicas"),
        Worlds.image(primary),
        Worlds.color(scenario, Setup.CONFIG + "-primary"));
  }

  private static int live(Scenario scenario, Canary canary) {
    var router = new Routers(TrafficOptions.DEFAULT).find(canary.spec().provider()).orElseThrow();
    return switch (router.observe(canary, scenario.cluster)) {
      case Observed.Routed(Split split) -> split.canary();
      case Observed.Pending(Split split, String _) -> split.canary();
      case Observed.Absent _ -> 0;
      case Observed.Malformed(String reason) -> throw new AssertionError(reason);
    };
  }

  CanaryStatus status() {
    return canary.status();
  }

  int weight() {
    return status().canaryWeight();
  }

  boolean started() {
    return weight() > 0 || status().iterations() > 0;
  }
}
