package io.serin.rollout;

import io.serin.api.Condition;
import io.serin.api.Phase;
import io.serin.cluster.Event;
import io.serin.traffic.Split;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What can be said about a canary's life so far. */
final class RunAssert extends AbstractAssert<RunAssert, Scenario> {

  private RunAssert(Scenario run) {
    super(run, RunAssert.class);
  }

  static RunAssert assertThat(Scenario run) {
    return new RunAssert(run);
  }

  RunAssert isInPhase(Phase phase) {
    return is("phase", actual.phase(), phase);
  }

  RunAssert hasWeight(int weight) {
    return is("status.canaryWeight", actual.weight(), weight);
  }

  RunAssert hasIterations(int iterations) {
    return is("status.iterations", actual.status().iterations(), iterations);
  }

  RunAssert hasFailedChecks(int count) {
    return is("status.failedChecks", actual.status().failedChecks(), count);
  }

  /**
   * The routing object sends this share to the canary, the rest to the primary, and copies nothing.
   */
  RunAssert sendsToCanary(int percent) {
    return is("traffic", actual.split(), Split.canary(percent));
  }

  /** The routing object sends everything to the primary and copies it to the canary. */
  RunAssert mirrors() {
    return is("traffic", actual.split(), new Split(100, 0, true));
  }

  RunAssert servesVersion(String version) {
    return is("image of the primary", actual.image("podinfo-primary"), "podinfo:" + version);
  }

  RunAssert hasTargetReplicas(int replicas) {
    return is("replicas of the target", actual.replicas("podinfo"), replicas);
  }

  /** The apex Service leads to the pods of this app label; empty when there is no apex Service. */
  RunAssert leadsTo(String app) {
    return is("selector of the apex Service", actual.apexSelector(), app);
  }

  RunAssert appliedIsPromoted() {
    return is(
        "lastPromotedSpec", actual.status().lastPromotedSpec(), actual.status().lastAppliedSpec());
  }

  RunAssert appliedIsNotPromoted() {
    Assertions.assertThat(actual.status().lastAppliedSpec())
        .as("lastAppliedSpec")
        .isNotEqualTo(actual.status().lastPromotedSpec());
    return this;
  }

  RunAssert hasCondition(String status, String message) {
    Condition promoted = condition(Condition.PROMOTED);
    is("condition status", promoted.status(), status);
    is("condition reason", promoted.reason(), actual.phase().wireName());
    return is("condition message", promoted.message(), message);
  }

  /** The condition {@code Blocked} and an event say the same, in one line. */
  RunAssert isBlockedBy(String text) {
    Condition blocked = condition(Conditions.BLOCKED);
    is("condition status", blocked.status(), "True");
    Assertions.assertThat(blocked.message()).contains(text).doesNotContain("\n");
    Assertions.assertThat(actual.told()).contains(blocked.message());
    return this;
  }

  RunAssert isNotBlocked() {
    Assertions.assertThat(actual.status().conditions())
        .extracting(Condition::type)
        .doesNotContain(Conditions.BLOCKED);
    return this;
  }

  /** These messages, in this order, perhaps with others between them. */
  RunAssert told(String... messages) {
    Assertions.assertThat(actual.told()).containsSubsequence(messages);
    return this;
  }

  /** These messages and no others. */
  RunAssert toldExactly(String... messages) {
    Assertions.assertThat(actual.told()).containsExactly(messages);
    return this;
  }

  /** The events that say why, as they are stored, and no others. */
  RunAssert explained(String... texts) {
    Assertions.assertThat(actual.cluster.events())
        .filteredOn(event -> event.because() != null)
        .extracting(Event::text)
        .containsExactly(texts);
    return this;
  }

  /** These alerts and no others, each as its severity and text. */
  RunAssert alerted(String... alerts) {
    Assertions.assertThat(actual.alerts)
        .extracting(alert -> alert.severity().wireName() + " " + alert.text())
        .containsExactly(alerts);
    return this;
  }

  RunAssert toldOnce(String message) {
    Assertions.assertThat(actual.told()).containsOnlyOnce(message);
    return this;
  }

  RunAssert toldNothing() {
    Assertions.assertThat(actual.told()).isEmpty();
    return this;
  }

  RunAssert neverTold(String part) {
    Assertions.assertThat(actual.told()).noneMatch(message -> message.contains(part));
    return this;
  }

  /** The hooks called, each as {@code name phase}. */
  RunAssert called(String... calls) {
    Assertions.assertThat(actual.hooks.calls()).containsExactly(calls);
    return this;
  }

  /** The verdict of the last tick has this verb. */
  RunAssert decided(String verb) {
    return is("verdict", actual.last().verdict().verb(), verb);
  }

  RunAssert isBecause(String part) {
    Assertions.assertThat(actual.last().verdict().reason()).contains(part);
    return this;
  }

  /** Writes to objects since the start, events left out. */
  RunAssert wrote(String... requests) {
    Assertions.assertThat(writes()).containsExactly(requests);
    return this;
  }

  private List<String> writes() {
    return actual.cluster.requests().stream().filter(r -> !r.startsWith("event ")).toList();
  }

  private Condition condition(String type) {
    return actual.status().conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + actual.status()));
  }

  private RunAssert is(String what, Object value, Object wanted) {
    Assertions.assertThat(value)
        .as("%s; last verdict %s; status %s", what, actual.last().verdict(), actual.status())
        .isEqualTo(wanted);
    return this;
  }
}
