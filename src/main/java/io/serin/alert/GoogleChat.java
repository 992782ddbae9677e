package io.serin.alert;

import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google Chat: a card of the first version, whose texts are a little HTML. */
final class GoogleChat implements Receiver {

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode card = body.putArray("cards").addObject();
    ObjectNode header = card.putObject("header");
    header.put("title", "Flagger");
    header.put("subtitle", alert.canary().label());
    header.put("imageUrl", "https://flagger.app/favicon.png");
    ArrayNode sections = card.putArray("sections");
    section(sections, emphasised(alert.shortText()));
    for (Alert.Field field : alert.shortFields()) {
      section(sections, escaped(field.name()) + "<br>" + emphasised(field.value()));
    }
    return Message.of(address, body);
  }

  private static void section(ArrayNode sections, String html) {
    sections
        .addObject()
        .putArray("widgets")
        .addObject()
        .putObject("textParagraph")
        .put("text", html);
  }

  private static String emphasised(String text) {
    return "<font color=#848484><strong>" + escaped(text) + "</strong></font>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
