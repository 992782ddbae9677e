package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.Condition;
import io.serin.api.Phase;
import io.serin.fact.Problem;
import io.serin.fact.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
        message(status, canary.spec().targetRef().kind()),
        now);
  }

  /**
   * The status with what keeps the canary from going on: a problem, a failed check, the cause of a
   * rollback. A wait leaves the condition as it is; a step forward takes it away. This is no step
   * of the rollout itself: {@code lastTransitionTime} stays.
   */
  static CanaryStatus blocked(
      CanaryStatus status, List<Problem> problems, Verdict verdict, Instant now) {
    Problem problem =
        problems.stream().filter(p -> p.kind() != Problem.Kind.UNSYNCED).findFirst().orElse(null);
    if (problem != null) {
      return with(status, BLOCKED, "True", reason(problem.kind()), problem.message(), now);
    }
    return switch (verdict) {
      case Verdict.Halt halt -> blocked(status, "CheckFailed", halt, now);
      case Verdict.Rollback rollback -> blocked(status, "RolledBack", rollback, now);
      case Verdict.Strand strand -> blocked(status, "PromotionFailed", strand, now);
      case Verdict.Abandon abandon -> blocked(status, "InitializationFailed", abandon, now);
      case Verdict.Freeze freeze -> blocked(status, "Frozen", freeze, now);
      case Verdict.Hold _,
          Verdict.Await _,
          Verdict.Idle _,
          Verdict.Suspend _,
          Verdict.Settle _,
          Verdict.Rebaseline _ ->
          wasProblem(status) ? unblocked(status) : status;
      case Verdict.Terminate _,
          Verdict.Release _,
          Verdict.Cancel _,
          Verdict.Restart _,
          Verdict.Accept _,
          Verdict.Initialise _,
          Verdict.Start _,
          Verdict.Mirror _,
          Verdict.Iterate _,
          Verdict.Advance _,
          Verdict.Promote _,
          Verdict.PromoteEarly _,
          Verdict.PromoteUnanalysed _,
          Verdict.Shift _,
          Verdict.Finalise _,
          Verdict.Succeed _ ->
          unblocked(status);
    };
  }

  private static CanaryStatus blocked(
      CanaryStatus status, String reason, Verdict verdict, Instant now) {
    return with(status, BLOCKED, "True", reason, verdict.reason(), now);
  }

  private static CanaryStatus unblocked(CanaryStatus status) {
    List<Condition> others =
        status.conditions().stream().filter(c -> !c.type().equals(BLOCKED)).toList();
    return others.size() == status.conditions().size()
        ? status
        : status.change().conditions(others).build();
  }

  private static boolean wasProblem(CanaryStatus status) {
    return status.conditions().stream()
        .filter(c -> c.type().equals(BLOCKED))
        .anyMatch(
            c -> Arrays.stream(Problem.Kind.values()).anyMatch(k -> reason(k).equals(c.reason())));
  }

  private static String reason(Problem.Kind kind) {
    return switch (kind) {
      case SPEC -> "InvalidSpec";
      case PROVIDER -> "ProviderCannot";
      case MISSING -> "MissingObject";
      case CONFLICT -> "TargetTaken";
      case MALFORMED -> "MalformedObject";
      case UNSYNCED -> "Unsynced";
      case POLICY -> "PolicyUnusable";
      case SETTING -> "InvalidSetting";
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

  private static String message(CanaryStatus status, String kind) {
    return switch (status.phase()) {
      case NONE, INITIALIZING -> "New " + kind + " detected, starting initialization.";
      case INITIALIZED -> kind + " initialization completed.";
      case WAITING, WAITING_PROMOTION -> "Waiting for approval.";
      case PROGRESSING -> "New revision detected, progressing canary analysis.";
      case PROMOTING -> "Canary analysis completed, starting primary rolling update.";
      case FINALISING -> "Canary analysis completed, routing all traffic to primary.";
      case SUCCEEDED -> "Canary analysis completed successfully, promotion finished.";
      case FAILED -> failed(status, kind);
      case TERMINATING, TERMINATED -> "Canary deleted, reverting what it changed.";
    };
  }

  /** Flagger's text, but only where it is true. */
  private static String failed(CanaryStatus status, String kind) {
    if (status.canaryWeight() > 0) {
      return "Promotion failed, " + kind + " keeps serving in place of its primary.";
    }
    return status.lastPromotedSpec().isEmpty()
        ? "Initialization failed, the primary never became ready."
        : "Canary analysis failed, " + kind + " scaled to zero.";
  }
}
