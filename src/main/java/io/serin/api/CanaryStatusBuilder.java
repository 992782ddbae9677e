package io.serin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a status that differs from another one in a few fields. */
public final class CanaryStatusBuilder {
  private Phase phase;
  private int failedChecks;
  private int canaryWeight;
  private int iterations;
  private String sessionAffinityCookie;
  private String previousSessionAffinityCookie;
  private String primarySessionAffinityCookie;
  private @Nullable Map<String, String> trackedConfigs;
  private String lastAppliedSpec;
  private String lastPromotedSpec;
  private @Nullable Instant lastTransitionTime;
  private List<Condition> conditions;

  CanaryStatusBuilder(CanaryStatus status) {
    this.phase = status.phase();
    this.failedChecks = status.failedChecks();
    this.canaryWeight = status.canaryWeight();
    this.iterations = status.iterations();
    this.sessionAffinityCookie = status.sessionAffinityCookie();
    this.previousSessionAffinityCookie = status.previousSessionAffinityCookie();
    this.primarySessionAffinityCookie = status.primarySessionAffinityCookie();
    this.trackedConfigs = status.trackedConfigs();
    this.lastAppliedSpec = status.lastAppliedSpec();
    this.lastPromotedSpec = status.lastPromotedSpec();
    this.lastTransitionTime = status.lastTransitionTime();
    this.conditions = status.conditions();
  }

  public CanaryStatusBuilder phase(Phase phase) {
    this.phase = phase;
    return this;
  }

  public CanaryStatusBuilder failedChecks(int failedChecks) {
    this.failedChecks = failedChecks;
    return this;
  }

  public CanaryStatusBuilder canaryWeight(int canaryWeight) {
    this.canaryWeight = canaryWeight;
    return this;
  }

  public CanaryStatusBuilder iterations(int iterations) {
    this.iterations = iterations;
    return this;
  }

  public CanaryStatusBuilder sessionAffinityCookie(String sessionAffinityCookie) {
    this.sessionAffinityCookie = sessionAffinityCookie;
    return this;
  }

  public CanaryStatusBuilder previousSessionAffinityCookie(String previousSessionAffinityCookie) {
    this.previousSessionAffinityCookie = previousSessionAffinityCookie;
    return this;
  }

  public CanaryStatusBuilder primarySessionAffinityCookie(String primarySessionAffinityCookie) {
    this.primarySessionAffinityCookie = primarySessionAffinityCookie;
    return this;
  }

  public CanaryStatusBuilder trackedConfigs(@Nullable Map<String, String> trackedConfigs) {
    this.trackedConfigs = trackedConfigs;
    return this;
  }

  public CanaryStatusBuilder lastAppliedSpec(String lastAppliedSpec) {
    this.lastAppliedSpec = lastAppliedSpec;
    return this;
  }

  public CanaryStatusBuilder lastPromotedSpec(String lastPromotedSpec) {
    this.lastPromotedSpec = lastPromotedSpec;
    return this;
  }

  public CanaryStatusBuilder lastTransitionTime(@Nullable Instant lastTransitionTime) {
    this.lastTransitionTime = lastTransitionTime;
    return this;
  }

  public CanaryStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  public CanaryStatus build() {
    return new CanaryStatus(
        phase,
        failedChecks,
        canaryWeight,
        iterations,
        sessionAffinityCookie,
        previousSessionAffinityCookie,
        primarySessionAffinityCookie,
        trackedConfigs,
        lastAppliedSpec,
        lastPromotedSpec,
        lastTransitionTime,
        conditions);
  }
}
