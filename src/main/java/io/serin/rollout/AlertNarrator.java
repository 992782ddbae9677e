package io.serin.rollout;

import io.serin.alert.Alert;
import io.serin.api.AlertSeverity;
import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Gate;
import io.serin.fact.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which news of a tick are worth an alert. Like {@link Narrator}, in Flagger's words where
 * there are any. Pure: all it needs is the record of the tick, so what is told once there is told
 * once here.
 */
final class AlertNarrator {

  private final Canary canary;
  private final TickRecord record;
  private final String cluster;
  private final List<Alert> alerts = new ArrayList<>();

  private AlertNarrator(Canary canary, TickRecord record, String cluster) {
    this.canary = canary;
    this.record = record;
    this.cluster = cluster;
  }

  /**
   * The alerts of a tick.
   *
   * @param canary the Canary after it
   * @param cluster name of the cluster, may be empty
   */
  static List<Alert> tell(Canary canary, TickRecord record, String cluster) {
    return new AlertNarrator(canary, record, cluster).all();
  }

  private List<Alert> all() {
    record.told().forEach(this::trouble);
    record.evidence().gates().stream()
        .filter(gate -> !gate.open() && !gate.muteAlert())
        .forEach(this::closed);
    verdict();
    return alerts;
  }

  private void trouble(Told told) {
    if (told.reason().equals(Narrator.POLICY_FAILED) || told.reason().equals(Narrator.GUARD_RAIL)) {
      warn(told.reason(), told.message());
    }
  }

  private void closed(Gate gate) {
    if (gate.type() == WebhookType.CONFIRM_ROLLOUT && entered(Phase.WAITING)) {
      warn("WaitingForApproval", "Canary is waiting for approval.");
    } else if (gate.type() == WebhookType.CONFIRM_PROMOTION && entered(Phase.WAITING_PROMOTION)) {
      warn("WaitingForPromotion", "Canary promotion is waiting for approval.");
    } else if (gate.type() == WebhookType.CONFIRM_TRAFFIC_INCREASE
        && isTold(Narrator.trafficGateClosed(canary, gate))) {
      warn("WaitingForTrafficIncrease", "Canary traffic increase is waiting for approval.");
    }
  }

  private boolean entered(Phase phase) {
    return record.after().phase() == phase && record.before().phase() != phase;
  }

  private boolean isTold(String message) {
    return record.told().stream().anyMatch(told -> told.message().equals(message));
  }

  private void verdict() {
    switch (record.verdict()) {
      case Verdict.Initialise _ ->
          detailed(
              "Initialized",
              "New %s detected, initialization completed."
                  .formatted(canary.spec().targetRef().kind()));
      case Verdict.Start _ ->
          detailed("NewRevision", "New revision detected, progressing canary analysis.");
      case Verdict.Rollback rollback -> rolledBack(rollback);
      case Verdict.Strand strand ->
          error("PromotionFailed", "Promotion failed, primary not ready: " + strand.reason());
      case Verdict.Abandon abandon ->
          error(
              "InitializationFailed",
              "Initialization failed, primary not ready: " + abandon.reason());
      case Verdict.Succeed _ ->
          info("Promoted", "Canary analysis completed successfully, promotion finished.");
      case Verdict.PromoteUnanalysed _ ->
          info("PromotedUnanalysed", "Canary analysis was skipped, promotion finished.");
      case Verdict.Suspend _,
          Verdict.Freeze _,
          Verdict.Hold _,
          Verdict.Halt _,
          Verdict.Await _,
          Verdict.Idle _,
          Verdict.Cancel _,
          Verdict.Restart _,
          Verdict.Rebaseline _,
          Verdict.Accept _,
          Verdict.Mirror _,
          Verdict.Iterate _,
          Verdict.Advance _,
          Verdict.Promote _,
          Verdict.PromoteEarly _,
          Verdict.Shift _,
          Verdict.Finalise _,
          Verdict.Settle _,
          Verdict.Terminate _,
          Verdict.Release _ -> {}
    }
  }

  private void rolledBack(Verdict.Rollback rollback) {
    switch (RollbackCause.of(record.facts(), record.evidence())) {
      case HOOK -> warn("RollbackHook", "Rolling back manual webhook invoked");
      case DEADLINE ->
          error(
              "ProgressDeadline",
              "Progress deadline exceeded " + RollbackCause.deadline(record.facts()));
      case FAILED_CHECKS ->
          error("FailedChecksThreshold", "Failed checks threshold reached " + failedChecks());
      case OTHER -> error("RolledBack", "Rolling back " + rollback.reason());
    }
  }

  private int failedChecks() {
    return RollbackCause.failedChecks(record.facts(), record.evidence());
  }

  private void detailed(String reason, String text) {
    add(AlertSeverity.INFO, reason, text, AlertDetails.of(canary, record.facts().rollout()));
  }

  private void info(String reason, String text) {
    add(AlertSeverity.INFO, reason, text, List.of());
  }

  private void warn(String reason, String text) {
    add(AlertSeverity.WARN, reason, text, List.of());
  }

  private void error(String reason, String text) {
    add(AlertSeverity.ERROR, reason, text, List.of());
  }

  private void add(AlertSeverity severity, String reason, String text, List<Alert.Field> details) {
    Because because = Because.of(record.proposals().getFirst());
    alerts.add(
        new Alert(
            severity,
            reason,
            text,
            new Alert.Subject(
                canary.namespace(),
                canary.name(),
                canary.spec().targetRef(),
                Checksum.of(canary.status())),
            record.after().phase(),
            failedChecks(),
            record.before().weight(),
            record.at(),
            cluster,
            details,
            new Alert.Why(because.rule(), because.line())));
  }
}
