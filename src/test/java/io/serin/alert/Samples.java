package io.serin.alert;

import io.serin.api.AlertSeverity;
import io.serin.api.Phase;
import io.serin.api.TargetRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts and channels that many tests share. */
final class Samples {

  static final Alert.Why WHY =
      new Alert.Why(
          "the last check that may fail takes the revision back",
          "rollback: failed check 10 of 10: success rate 78.95% < 99%"
              + " (rule 'the last check that may fail takes the revision back')");

  private Samples() {}

  static Alert failed() {
    return alert(AlertSeverity.ERROR, "Failed checks threshold reached 10", "prod", WHY);
  }

  /** An alert with nothing that may be left out. */
  static Alert bare(AlertSeverity severity) {
    return alert(severity, "Canary is waiting for approval.", "", null);
  }

  static Alert saying(String text) {
    return alert(AlertSeverity.WARN, text, text, new Alert.Why("a rule", text));
  }

  /** An alert whose details are shown. */
  static Alert detailed() {
    return with(
        bare(AlertSeverity.INFO),
        List.of(
            new Alert.Field("Target", "Deployment/podinfo.test"),
            new Alert.Field("Traffic routing", "")));
  }

  static Channel channel(String type, String address) {
    return new Channel(type, address, "", "on-call", "flagger", "");
  }

  static Channel secret(String type, String address, String token) {
    return new Channel(type, address, token, "on-call", "flagger", "");
  }

  private static Alert with(Alert alert, List<Alert.Field> details) {
    return new Alert(
        alert.severity(),
        alert.reason(),
        alert.text(),
        alert.canary(),
        alert.phase(),
        alert.failedChecks(),
        alert.weight(),
        alert.at(),
        alert.cluster(),
        details,
        alert.why());
  }

  private static Alert alert(
      AlertSeverity severity, String text, String cluster, Alert.@Nullable Why why) {
    return new Alert(
        severity,
        "FailedChecksThreshold",
        text,
        new Alert.Subject(
            "test", "podinfo", new TargetRef("apps/v1", "Deployment", "podinfo"), "85d557f47b"),
        Phase.FAILED,
        10,
        20,
        Instant.parse("2026-07-01T10:00:00Z"),
        cluster,
        List.of(),
        why);
  }
}
