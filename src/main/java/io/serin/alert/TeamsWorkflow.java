package io.serin.alert;

import io.serin.api.AlertSeverity;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Microsoft Teams by way of Power Automate's trigger "when a Teams webhook request is received",
 * which understands adaptive cards only.
 */
final class TeamsWorkflow implements Receiver {

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    card(attachment.putObject("content"), alert);
    return Message.of(address, body);
  }

  private static void card(ObjectNode card, Alert alert) {
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.putObject("msteams").put("width", "Full");
    ArrayNode body = card.putArray("body");
    title(body.addObject(), alert);
    subtitle(body.addObject(), alert);
    if (!alert.shortFields().isEmpty()) {
      facts(body.addObject(), alert);
    }
  }

  private static void title(ObjectNode block, Alert alert) {
    block.put("type", "TextBlock");
    block.put("size", "Medium");
    block.put("weight", "Bolder");
    block.put("wrap", true);
    block.put("color", color(alert.severity()));
    block.put("text", alert.shortText());
  }

  private static void subtitle(ObjectNode block, Alert alert) {
    block.put("type", "TextBlock");
    block.put("isSubtle", true);
    block.put("spacing", "None");
    block.put("text", alert.canary().label());
  }

  private static void facts(ObjectNode block, Alert alert) {
    block.put("type", "FactSet");
    ArrayNode facts = block.putArray("facts");
    for (Alert.Field field : alert.shortFields()) {
      facts.addObject().put("title", field.name()).put("value", field.value());
    }
  }

  private static String color(AlertSeverity severity) {
    return switch (severity) {
      case INFO -> "Good";
      case WARN -> "Warning";
      case ERROR -> "Attention";
    };
  }
}
