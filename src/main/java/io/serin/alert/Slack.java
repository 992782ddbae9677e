package io.serin.alert;

import io.serin.api.AlertSeverity;
import io.serin.http.HttpAnswer;
import io.serin.http.OneLine;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Slack: an incoming webhook, or {@code chat.postMessage} with the token of a bot. */
final class Slack implements Receiver {

  private static final String WEB_API = "slack.com";

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    return Message.of(
            address, SlackMessage.of(alert, channel, color(alert.severity()), Slack::escaped))
        .bearing(channel.token());
  }

  /** The Web API answers 200 to what it refuses, too (D21). */
  @Override
  public @Nullable String refusal(URI address, HttpAnswer answer) {
    String refusal = Receiver.super.refusal(address, answer);
    return refusal == null && WEB_API.equalsIgnoreCase(address.getHost())
        ? apiError(answer.body())
        : refusal;
  }

  static String color(AlertSeverity severity) {
    return switch (severity) {
      case INFO -> "good";
      case WARN -> "warning";
      case ERROR -> "danger";
    };
  }

  private static @Nullable String apiError(String body) {
    try {
      JsonNode answer = JsonMapper.shared().readTree(body);
      return answer.path("ok").booleanValue(true)
          ? null
          : OneLine.of("postMessage failed: " + answer.path("error").asString("no reason given"));
    } catch (JacksonException _) {
      return OneLine.of("postMessage failed: slack.com answered what is no JSON: " + body);
    }
  }

  /** Slack's own three; without it a text could call everybody with {@code <!channel>}. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
