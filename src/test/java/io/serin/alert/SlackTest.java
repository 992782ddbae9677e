package io.serin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.http.HttpAnswer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as success at Slack. */
class SlackTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "https://slack.com/api/chat.postMessage | 200 | {\"ok\":true} | -",
        "https://slack.com/api/chat.postMessage | 200 |"
            + " {\"ok\":false,\"error\":\"channel_not_found\"} | postMessage failed:"
            + " channel_not_found",
        "https://slack.com/api/chat.postMessage | 200 | {\"ok\":false} | postMessage failed: no"
            + " reason given",
        "https://slack.com/api/chat.postMessage | 200 | <html> | postMessage failed: slack.com"
            + " answered what is no JSON: <html>",
        "https://slack.com/api/chat.postMessage | 404 | gone | postMessage failed: sending"
            + " notification bad response 404: gone",
        "https://hooks.slack.com/services/T/B/x | 200 | ok | -",
        "https://mattermost.example/hooks/x | 200 | {\"ok\":false} | -"
      })
  void d21_theWebApiRefusesWith200(String address, int status, String body, String refusal) {
    HttpAnswer answer = new HttpAnswer(status, "", Map.of(), body, false);

    assertThat(new Slack().refusal(URI.create(address), answer)).isEqualTo(refusal);
  }
}
