package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.Condition;
import io.serin.api.Phase;
import io.serin.fact.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a Canary: {@code Promoted} with Flagger's texts, always, and {@code Blocked}
 * while something must be put right first.
 */
final class Conditions {

  /** Type of the condition that says what keeps a canary from going on. */
  static final String BLOCKED = "Blocked";

  private Conditions() {}

  /** The status with the condition that its phase wants. */
  static CanaryStatus promoted(Canary canary, CanaryStatus status, Instant now) {
    Phase phase = status.phase();
    return with(
        status,
        Condition.PROMOTED,
        status(phase),
        phase.wireName(),
        message(phase, canary.spec().targetRef().kind()),
        now);
  }

  /**
   * The status with the first thing that blocks the canary, or without the condition when nothing
   * does. This is no step of the rollout: its {@code lastTransitionTime} stays.
   */
  static CanaryStatus blocked(CanaryStatus status, List<Problem> problems, Instant now) {
    Problem first =
        problems.stream().filter(p -> p.kind() != Problem.Kind.UNSYNCED).findFirst().orElse(null);
    if (first != null) {
      return with(status, BLOCKED, "True", reason(first), first.message(), now);
    }
    List<Condition> others =
        status.conditions().stream().filter(c -> !c.type().equals(BLOCKED)).toList();
    return others.size() == status.conditions().size()
        ? status
        : status.change().conditions(others).build();
  }

  private static String reason(Problem problem) {
    return switch (problem.kind()) {
      case SPEC -> "InvalidSpec";
      case PROVIDER -> "ProviderCannot";
      case MISSING -> "MissingObject";
      case CONFLICT -> "TargetTaken";
      case MALFORMED -> "MalformedObject";
      case UNSYNCED -> "Unsynced";
    };
  }

  private static CanaryStatus with(
      CanaryStatus status, String type, String wanted, String reason, String message, Instant now) {
    List<Condition> conditions = new ArrayList<>(status.conditions());
    Condition present =
        conditions.stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
    if (present != null
        && present.status().equals(wanted)
        && present.reason().equals(reason)
        && present.message().equals(message)) {
      return status;
    }
    Condition condition =
        new Condition(type, wanted, reason, message, now, transitioned(present, wanted, now));
    if (present == null) {
      conditions.add(condition);
    } else {
      conditions.set(conditions.indexOf(present), condition);
    }
    return status.change().conditions(conditions).build();
  }

  private static Instant transitioned(@Nullable Condition present, String wanted, Instant now) {
    Instant before = present == null ? null : present.lastTransitionTime();
    return present != null && present.status().equals(wanted) && before != null ? before : now;
  }

  private static String status(Phase phase) {
    return switch (phase) {
      case INITIALIZED, SUCCEEDED -> "True";
      case FAILED -> "False";
      case NONE,
          INITIALIZING,
          WAITING,
          PROGRESSING,
          WAITING_PROMOTION,
          PROMOTING,
          FINALISING,
          TERMINATING,
          TERMINATED ->
          "Unknown";
    };
  }

  private static String message(Phase phase, String kind) {
    return switch (phase) {
      case NONE, INITIALIZING -> "New " + kind + " detected, starting initialization.";
      case INITIALIZED -> kind + " initialization completed.";
      case WAITING, WAITING_PROMOTION -> "Waiting for approval.";
      case PROGRESSING -> "New revision detected, progressing canary analysis.";
      case PROMOTING -> "Canary analysis completed, starting primary rolling update.";
      case FINALISING -> "Canary analysis completed, routing all traffic to primary.";
      case SUCCEEDED -> "Canary analysis completed successfully, promotion finished.";
      case FAILED -> "Canary analysis failed, " + kind + " scaled to zero.";
      case TERMINATING, TERMINATED -> "Canary deleted, reverting what it changed.";
    };
  }
}
