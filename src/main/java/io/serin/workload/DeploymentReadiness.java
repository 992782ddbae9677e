package io.serin.workload;

import io.serin.api.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/**
 * How a Deployment's rollout of pods goes, in the words that Flagger uses.
 *
 * @param ready enough pods of the wanted revision are available
 * @param expired it is not ready and no longer expected to become so
 * @param reason why it is not ready, or empty
 */
record DeploymentReadiness(boolean ready, boolean expired, String reason) {
  private static final int PERCENT = 100;

  /**
   * Reads the status; the first thing that is wrong counts.
   *
   * @param threshold percent of the updated pods that must be available, 0 to 100
   * @param deadline for how long too few pods may be available, counted from when that began; the
   *     Deployment's own deadline counts beside it
   */
  static DeploymentReadiness of(
      KubeObject deployment, int threshold, Duration deadline, Instant now) {
    if (deployment.generation() > deployment.number(0, "status", "observedGeneration")) {
      return waiting(
          "observed deployment generation less than desired generation", /* expired= */ false);
    }
    JsonNode progressing = condition(deployment, "Progressing");
    if (progressing.path("reason").stringValue("").equals("ProgressDeadlineExceeded")) {
      return exceeded(deployment);
    }
    boolean expired = !progressing.isMissingNode() && isStarved(deployment, deadline, now);
    return pods(deployment, threshold, expired);
  }

  private static DeploymentReadiness pods(KubeObject deployment, int threshold, boolean expired) {
    long wanted = deployment.number(0, "spec", "replicas");
    long updated = deployment.number(0, "status", "updatedReplicas");
    if (updated < wanted) {
      return waiting(
          "%d out of %d new replicas have been updated".formatted(updated, wanted), expired);
    }
    long old = deployment.number(0, "status", "replicas") - updated;
    if (old > 0) {
      return waiting("%d old replicas are pending termination".formatted(old), expired);
    }
    long available = deployment.number(0, "status", "availableReplicas");
    long enough = updated * threshold / PERCENT;
    if (available < enough) {
      return waiting(
          "%d of %d (readyThreshold %d%%) updated replicas are available"
              .formatted(available, enough, threshold),
          expired);
    }
    return new DeploymentReadiness(true, false, "");
  }

  /**
   * Whether too few pods have been available for longer than the deadline. A Deployment that comes
   * from zero does not watch its own deadline.
   */
  private static boolean isStarved(KubeObject deployment, Duration deadline, Instant now) {
    JsonNode available = condition(deployment, "Available");
    return available.path("status").stringValue("").equals("False")
        && available.path("reason").stringValue("").equals("MinimumReplicasUnavailable")
        && updateTime(available, now).plus(deadline).isBefore(now);
  }

  private static Instant updateTime(JsonNode condition, Instant otherwise) {
    try {
      return Instant.parse(condition.path("lastUpdateTime").stringValue(""));
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  private static JsonNode condition(KubeObject deployment, String type) {
    return deployment.list("status", "conditions").stream()
        .filter(condition -> condition.path("type").stringValue("").equals(type))
        .findFirst()
        .orElseGet(() -> deployment.at("status", "no such condition"));
  }

  private static DeploymentReadiness exceeded(KubeObject deployment) {
    return new DeploymentReadiness(
        false,
        true,
        "deployment \"%s\" exceeded its progress deadline".formatted(deployment.name()));
  }

  private static DeploymentReadiness waiting(String what, boolean expired) {
    return new DeploymentReadiness(false, expired, "waiting for rollout to finish: " + what);
  }
}
