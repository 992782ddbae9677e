package io.serin.alert;

import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Microsoft Teams: a connector card, as Office 365 connectors want it, or an adaptive card where
 * the address is that of a workflow.
 */
final class Teams implements Receiver {

  private final Receiver workflow = new TeamsWorkflow();

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    return isWorkflow(address)
        ? workflow.message(alert, channel, address)
        : Message.of(address, card(alert));
  }

  /**
   * All addresses that Power Automate and Logic Apps give to workflows have this in their path,
   * whatever their host; none of a connector has.
   */
  private static boolean isWorkflow(URI address) {
    return address.getPath().contains("/workflows/");
  }

  private static ObjectNode card(Alert alert) {
    ObjectNode card = JsonMapper.shared().createObjectNode();
    card.put("@type", "MessageCard");
    card.put("@context", "http://schema.org/extensions");
    card.put("themeColor", Rocket.color(alert.severity()));
    card.put("summary", alert.canary().label());
    ObjectNode section = card.putArray("sections").addObject();
    section.put("activityTitle", alert.shortText());
    section.put("activitySubtitle", alert.canary().label());
    ArrayNode facts = section.putArray("facts");
    for (Alert.Field field : alert.shortFields()) {
      facts.addObject().put("name", field.name()).put("value", field.value());
    }
    return card;
  }
}
