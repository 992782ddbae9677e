package io.serin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.http.Http;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is the same for every receiver and needs no answer of one. */
class HttpAlertsTest {

  @AutoClose private final MockWebServer server = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());
  private final List<Duration> pauses = new ArrayList<>();
  private final Alerts alerts = new HttpAlerts(http, () -> Instant.EPOCH, pauses::add);

  @Test
  void theChannelsProxyIsUsed() throws Exception {
    server.enqueue(new MockResponse.Builder().code(200).build());
    server.start();
    Channel proxied =
        new Channel(
            "rocket",
            "http://chat.invalid/hooks/s3cret",
            "",
            "on-call",
            "flagger",
            "http://127.0.0.1:" + server.getPort());

    assertThat(alerts.send(Samples.failed(), proxied)).isNull();

    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("POST http://chat.invalid/hooks/s3cret HTTP/1.1");
  }

  @Test
  void aBadProxyIsOneClearLine() {
    Channel proxied = new Channel("rocket", "http://chat/x", "", "", "", "socks5://proxy");

    assertThat(alerts.send(Samples.failed(), proxied))
        .isEqualTo(
            "the proxy \"socks5://proxy\" is no http or https URL; write for example"
                + " http://host:9090");
  }

  @Test
  void nobodyThereIsTriedAgainAndThenToldByHostOnly() throws Exception {
    String host;
    try (ServerSocket closed = new ServerSocket(0)) {
      host = "http://127.0.0.1:" + closed.getLocalPort();
    }

    assertThat(alerts.send(Samples.failed(), Samples.channel("slack", host + "/services/s3cret")))
        .startsWith(host + ": postMessage failed: ")
        .contains("refused")
        .doesNotContain("s3cret")
        .endsWith("(5 attempts)");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void anUnknownTypeIsToldWithTheKnownOnes() {
    assertThat(alerts.send(Samples.failed(), Samples.channel("pager", "http://host")))
        .isEqualTo(
            "there is no type \"pager\"; write one of alertmanager, discord, gchat, msteams,"
                + " msteams-workflows, rocket, slack, webhook");
  }

  @Test
  void aChannelShowsNoSecret() {
    assertThat(Samples.secret("slack", "https://host/s3cret", "t0ken").toString())
        .isEqualTo("Channel[slack, room=on-call]");
  }
}
