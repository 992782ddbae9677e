package io.serin.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a rollout is; what Serin knows between two ticks and across restarts.
 *
 * @param failedChecks failed checks of this run
 * @param canaryWeight percent of the traffic that the canary gets
 * @param iterations iterations done of an A/B test or a blue/green analysis
 * @param sessionAffinityCookie {@code name=value} of this run, empty outside one
 * @param previousSessionAffinityCookie that of the run before, to be deleted at the clients
 * @param trackedConfigs checksum by {@code configmap/name} or {@code secret/name}; null when
 *     tracking is off
 * @param lastAppliedSpec revision of the target that this status speaks of
 * @param lastPromotedSpec revision that the primary serves
 * @param lastTransitionTime when the status was last written
 */
public record CanaryStatus(
    Phase phase,
    int failedChecks,
    int canaryWeight,
    int iterations,
    String sessionAffinityCookie,
    String previousSessionAffinityCookie,
    String primarySessionAffinityCookie,
    @Nullable Map<String, String> trackedConfigs,
    String lastAppliedSpec,
    String lastPromotedSpec,
    @Nullable Instant lastTransitionTime,
    List<Condition> conditions) {

  /** The status of a Canary that was never synced. */
  public static final CanaryStatus NONE =
      new CanaryStatus(Phase.NONE, 0, 0, 0, "", "", "", null, "", "", null, List.of());

  public CanaryStatus {
    trackedConfigs =
        trackedConfigs == null ? null : Collections.unmodifiableMap(new TreeMap<>(trackedConfigs));
    conditions = List.copyOf(conditions);
  }

  static CanaryStatus read(Fields f) {
    return new CanaryStatus(
        f.choice("phase", Phase.values(), Phase.NONE),
        f.whole("failedChecks", 0),
        f.whole("canaryWeight", 0),
        f.whole("iterations", 0),
        f.text("sessionAffinityCookie"),
        f.text("previousSessionAffinityCookie"),
        f.text("primarySessionAffinityCookie"),
        f.has("trackedConfigs") ? f.textMap("trackedConfigs") : null,
        f.text("lastAppliedSpec"),
        f.text("lastPromotedSpec"),
        f.instant("lastTransitionTime"),
        f.list("conditions", Condition::read));
  }

  /** A copy to change field by field. */
  public CanaryStatusBuilder change() {
    return new CanaryStatusBuilder(this);
  }

  /**
   * The JSON of {@code status}: counters always, everything else only when it is set; times in
   * whole seconds.
   */
  public ObjectNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("phase", phase.wireName());
    tree.put("failedChecks", failedChecks);
    tree.put("canaryWeight", canaryWeight);
    tree.put("iterations", iterations);
    putText(tree, "sessionAffinityCookie", sessionAffinityCookie);
    putText(tree, "previousSessionAffinityCookie", previousSessionAffinityCookie);
    putText(tree, "primarySessionAffinityCookie", primarySessionAffinityCookie);
    if (trackedConfigs != null) {
      trackedConfigs.forEach(tree.putObject("trackedConfigs")::put);
    }
    putText(tree, "lastAppliedSpec", lastAppliedSpec);
    putText(tree, "lastPromotedSpec", lastPromotedSpec);
    putTime(tree, "lastTransitionTime", lastTransitionTime);
    putConditions(tree);
    return tree;
  }

  private void putConditions(ObjectNode tree) {
    if (!conditions.isEmpty()) {
      var list = tree.putArray("conditions");
      conditions.forEach(condition -> list.add(condition.toTree()));
    }
  }

  private static void putText(ObjectNode tree, String name, String text) {
    if (!text.isEmpty()) {
      tree.put(name, text);
    }
  }

  private static void putTime(ObjectNode tree, String name, @Nullable Instant time) {
    if (time != null) {
      tree.put(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
