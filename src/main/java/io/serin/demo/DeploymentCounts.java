package io.serin.demo;

import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the status of a Deployment says, times apart.
 *
 * @param generation the generation that was looked at
 * @param replicas pods that run
 * @param updated those of the present template
 * @param ready those that serve
 * @param available enough of them serve
 * @param complete the rolling update is over
 */
record DeploymentCounts(
    long generation, int replicas, int updated, int ready, boolean available, boolean complete) {

  static @Nullable DeploymentCounts of(@Nullable DeploymentStatus status) {
    return status == null
        ? null
        : new DeploymentCounts(
            Objects.requireNonNullElse(status.getObservedGeneration(), 0L),
            number(status.getReplicas()),
            number(status.getUpdatedReplicas()),
            number(status.getReadyReplicas()),
            status.getConditions().stream().anyMatch(c -> says(c, "MinimumReplicasAvailable")),
            status.getConditions().stream().anyMatch(c -> says(c, "NewReplicaSetAvailable")));
  }

  /** A merge patch of the status. */
  String patch(Instant now) {
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    ObjectNode status = patch.putObject("status");
    status
        .put("observedGeneration", generation)
        .put("replicas", replicas)
        .put("updatedReplicas", updated)
        .put("readyReplicas", ready)
        .put("availableReplicas", ready)
        .put("unavailableReplicas", Math.max(0, replicas - ready));
    ArrayNode conditions = status.putArray("conditions");
    conditions.add(
        available
            ? condition("Available", "True", "MinimumReplicasAvailable", now)
            : condition("Available", "False", "MinimumReplicasUnavailable", now));
    conditions.add(
        condition(
            "Progressing", "True", complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated", now));
    return patch.toString();
  }

  private static ObjectNode condition(String type, String status, String reason, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", type)
        .put("status", status)
        .put("reason", reason)
        .put("lastUpdateTime", time)
        .put("lastTransitionTime", time);
  }

  private static boolean says(DeploymentCondition condition, String reason) {
    return reason.equals(condition.getReason());
  }

  private static int number(@Nullable Integer count) {
    return Objects.requireNonNullElse(count, 0);
  }
}
