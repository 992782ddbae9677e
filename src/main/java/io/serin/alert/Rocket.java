package io.serin.alert;

import io.serin.api.AlertSeverity;
import java.net.URI;
import java.util.function.UnaryOperator;

/** Rocket.Chat, which understands Slack's body but not its names of colours. */
final class Rocket implements Receiver {

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    return Message.of(
        address,
        SlackMessage.of(alert, channel, "#" + color(alert.severity()), UnaryOperator.identity()));
  }

  /** Flagger's blue and red, and amber between them. */
  static String color(AlertSeverity severity) {
    return switch (severity) {
      case INFO -> "0076D7";
      case WARN -> "FFA500";
      case ERROR -> "FF0000";
    };
  }
}
