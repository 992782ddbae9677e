package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.alert.Channel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which channel Flagger's flags name. */
class GlobalNotifierTest {

  private static final ControllerOptions.Teams NO_TEAMS = new ControllerOptions.Teams("", "");
  private static final ControllerOptions.Slack SLACK =
      new ControllerOptions.Slack("https://slack.com/x", "t0ken", "http://p", "bird", "on-call");

  @Test
  void withoutAUrlThereIsNone() {
    assertThat(channel(slack("", "on-call", "bird"), NO_TEAMS)).isNull();
  }

  @Test
  void slack() {
    assertThat(channel(SLACK, NO_TEAMS))
        .isEqualTo(
            new Channel("slack", "https://slack.com/x", "t0ken", "on-call", "bird", "http://p"));
  }

  @Test
  void teamsWinsOverSlack() {
    assertThat(channel(SLACK, new ControllerOptions.Teams("https://teams/x", "http://q")))
        .isEqualTo(new Channel("msteams", "https://teams/x", "", "", "", "http://q"));
  }

  @Test
  void slackWithoutAChannelOrAUserIsNone() {
    assertThat(channel(slack("https://slack.com/x", "", "bird"), NO_TEAMS)).isNull();
    assertThat(channel(slack("https://slack.com/x", "on-call", ""), NO_TEAMS)).isNull();
  }

  private static ControllerOptions.Slack slack(String url, String channel, String user) {
    return new ControllerOptions.Slack(url, "", "", user, channel);
  }

  private static @Nullable Channel channel(
      ControllerOptions.Slack slack, ControllerOptions.Teams teams) {
    return GlobalNotifier.channel(new ControllerOptions.Notifications(slack, teams, ""));
  }
}
