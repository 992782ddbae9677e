package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.Condition;
import io.serin.api.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one condition of a Canary, {@code Promoted}, with Flagger's texts. */
final class Conditions {

  private Conditions() {}

  /** The status with the condition that its phase wants. */
  static CanaryStatus promoted(Canary canary, CanaryStatus status, Instant now) {
    String wanted = status(status.phase());
    String reason = status.phase().wireName();
    Condition present = status.conditions().isEmpty() ? null : status.conditions().getFirst();
    if (present != null && present.status().equals(wanted) && present.reason().equals(reason)) {
      return status;
    }
    Condition condition =
        new Condition(
            Condition.PROMOTED,
            wanted,
            reason,
            message(status.phase(), canary.spec().targetRef().kind()),
            now,
            transitioned(present, wanted, now));
    return status.change().conditions(List.of(condition)).build();
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
