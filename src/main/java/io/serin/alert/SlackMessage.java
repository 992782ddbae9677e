package io.serin.alert;

import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body that Slack invented and others understand. */
final class SlackMessage {

  private SlackMessage() {}

  /**
   * @param escape what the receiver needs so that it shows a text as it is
   */
  static ObjectNode of(Alert alert, Channel channel, String color, UnaryOperator<String> escape) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("channel", channel.room());
    body.put("username", channel.username());
    body.put("icon_url", "");
    body.put("icon_emoji", ":rocket:");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("color", color);
    attachment.put("author_name", alert.canary().label());
    attachment.put("text", escape.apply(alert.shortText()));
    attachment.putArray("mrkdwn_in").add("text");
    ArrayNode fields = attachment.putArray("fields");
    for (Alert.Field field : alert.shortFields()) {
      ObjectNode shown = fields.addObject();
      shown.put("title", field.name());
      shown.put("value", escape.apply(field.value()));
      shown.put("short", false);
    }
    return body;
  }
}
