package io.serin.alert;

import io.serin.api.AlertSeverity;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prometheus' Alertmanager, version 2 of its API. The labels are the identity of an alert, so they
 * say whom it is about and what sort of news it is; whatever changes from one time to the next is
 * an annotation.
 */
final class Alertmanager implements Receiver {

  /** News is over by itself: nobody says later that a canary has stopped to have failed. */
  private static final Duration FIRING = Duration.ofMinutes(15);

  private static final String PATH = "/api/v2/alerts";

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    ArrayNode body = JsonMapper.shared().createArrayNode();
    ObjectNode entry = body.addObject();
    labels(entry.putObject("labels"), alert);
    annotations(entry.putObject("annotations"), alert);
    var start = alert.at().truncatedTo(ChronoUnit.MILLIS);
    entry.put("startsAt", start.toString());
    entry.put("endsAt", start.plus(FIRING).toString());
    return Message.of(endpoint(address), body).bearing(channel.token());
  }

  private static void labels(ObjectNode labels, Alert alert) {
    Alert.Subject canary = alert.canary();
    labels.put("alertname", "FlaggerCanary");
    labels.put("severity", severity(alert.severity()));
    labels.put("reason", alert.reason());
    labels.put("canary", canary.name());
    labels.put("namespace", canary.namespace());
    labels.put("target", canary.target().name());
    if (!alert.cluster().isEmpty()) {
      labels.put("cluster", alert.cluster());
    }
  }

  private static void annotations(ObjectNode annotations, Alert alert) {
    annotations.put("summary", alert.canary().label());
    annotations.put("description", alert.text());
    annotations.put("phase", alert.phase().wireName());
    annotations.put("weight", Integer.toString(alert.weight()));
    annotations.put("failed_checks", Integer.toString(alert.failedChecks()));
    if (alert.why() != null) {
      annotations.put("rule", alert.why().rule());
      annotations.put("explanation", alert.why().line());
    }
  }

  private static String severity(AlertSeverity severity) {
    return switch (severity) {
      case INFO -> "info";
      case WARN -> "warning";
      case ERROR -> "critical";
    };
  }

  /** The address may be that of the server or of the API. */
  private static URI endpoint(URI address) {
    String path = address.getRawPath().replaceFirst("/+$", "");
    return Addresses.withPath(address, path.endsWith(PATH) ? path : path + PATH);
  }
}
