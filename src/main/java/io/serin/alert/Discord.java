package io.serin.alert;

import java.net.URI;
import java.util.function.UnaryOperator;

/** Discord, which understands Slack's body below {@code /slack}. */
final class Discord implements Receiver {

  private static final String SUFFIX = "/slack";

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    return Message.of(
        understandingSlack(address),
        SlackMessage.of(alert, channel, Slack.color(alert.severity()), UnaryOperator.identity()));
  }

  private static URI understandingSlack(URI address) {
    if (address.toString().endsWith(SUFFIX)) {
      return address;
    }
    return Addresses.withPath(address, address.getRawPath().replaceFirst("/+$", "") + SUFFIX);
  }
}
