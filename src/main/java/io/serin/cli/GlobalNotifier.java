package io.serin.cli;

import io.serin.alert.Channel;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where alerts about Canaries go that list no receivers: what Flagger's flags say. */
final class GlobalNotifier {

  private static final Logger log = LoggerFactory.getLogger(GlobalNotifier.class);

  private GlobalNotifier() {}

  /** The channel, Teams before Slack; null when the flags name none that can be used. */
  static @Nullable Channel channel(ControllerOptions.Notifications options) {
    Channel channel = chosen(options);
    if (channel != null) {
      log.atInfo()
          .addKeyValue("type", channel.type())
          .log("Notifications enabled for {}", URI.create(channel.address()).getHost());
    }
    return channel;
  }

  private static @Nullable Channel chosen(ControllerOptions.Notifications options) {
    var teams = options.teams();
    if (!teams.url().isEmpty()) {
      return new Channel("msteams", teams.url(), "", "", "", teams.proxyUrl());
    }
    return options.slack().url().isEmpty() ? null : slack(options.slack());
  }

  private static @Nullable Channel slack(ControllerOptions.Slack slack) {
    if (slack.channel().isEmpty()) {
      log.atError().log("Notifier empty Slack channel: name one with -slack-channel");
      return null;
    }
    if (slack.user().isEmpty()) {
      log.atError().log("Notifier empty Slack username: name one with -slack-user");
      return null;
    }
    return new Channel(
        "slack", slack.url(), slack.token(), slack.channel(), slack.user(), slack.proxyUrl());
  }
}
