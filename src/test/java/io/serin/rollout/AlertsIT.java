package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's controller, with its own permissions, alerts by providers and by flags. */
@RealCluster
class AlertsIT {

  @AutoClose private final MockWebServer chat = new MockWebServer();

  @Test
  void aProviderWithASecretIsToldOfItsCanary(@TempDir Path folder) throws Exception {
    chat.start();
    chat.enqueue(new MockResponse.Builder().body("ok").build());
    try (LiveNamespace run = new LiveNamespace("alerts")) {
      run.apply(Live.deployment());
      run.apply(secret());
      run.apply(provider());
      run.apply(canary("alerts: [{name: chat, providerRef: {name: chat}}]"));
      try (ControllerProcess controller = controller(run, folder, "-cluster-name=it")) {
        run.reaches(Phase.INITIALIZED);

        RecordedRequest request = received();

        assertThat(request.getRequestLine()).startsWith("POST /hooks/s3cret ");
        assertThat(request.getHeaders().get("X-Signature")).startsWith("sha256=");
        JsonNode body = body(request);
        assertThat(body.path("message").asString())
            .isEqualTo("New Deployment detected, initialization completed.");
        assertThat(body.path("cluster").asString()).isEqualTo("it");
        assertThat(body.path("rule").asString()).isEqualTo("the primary takes over once it serves");
        run.eventually(
            "the alert to be counted",
            () ->
                controller
                    .get("/metrics")
                    .contains("serin_alerts_total{receiver=\"webhook\",result=\"sent\"} 1.0"));
      }
    }
  }

  @Test
  void theFlagsAreForCanariesThatListNoAlerts(@TempDir Path folder) throws Exception {
    chat.start();
    chat.enqueue(new MockResponse.Builder().body("ok").build());
    try (LiveNamespace run = new LiveNamespace("alerts-flags")) {
      run.apply(Live.deployment());
      run.apply(canary(""));
      try (ControllerProcess _ =
          controller(run, folder, "-slack-url=" + url(), "-slack-channel=all")) {

        JsonNode body = body(received());

        assertThat(body.path("channel").asString()).isEqualTo("all");
        assertThat(body.at("/attachments/0/text").asString())
            .isEqualTo("New Deployment detected, initialization completed.");
      }
    }
  }

  private static ControllerProcess controller(LiveNamespace run, Path folder, String... flags)
      throws IOException {
    return ControllerProcess.start(run.server, run.namespace, folder, "controller", flags);
  }

  private static KubeObject canary(String alerts) {
    return Live.canary("kubernetes", "iterations: 1\nmetrics: []\n" + alerts);
  }

  private static KubeObject provider() {
    return Scenario.yaml(
        """
        apiVersion: flagger.app/v1beta1
        kind: AlertProvider
        metadata: {name: chat}
        spec: {type: webhook, address: "http://replaced.invalid/", secretRef: {name: chat}}
        """);
  }

  private KubeObject secret() {
    return Scenario.yaml(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: chat}
        data: {address: %s, token: %s}
        """
            .formatted(base64(url()), base64("key")));
  }

  private String url() {
    return "http://127.0.0.1:" + chat.getPort() + "/hooks/s3cret";
  }

  private RecordedRequest received() throws InterruptedException {
    return Objects.requireNonNull(
        chat.takeRequest(60, TimeUnit.SECONDS), "no alert came within a minute");
  }

  private static JsonNode body(RecordedRequest request) {
    return JsonMapper.shared().readTree(Objects.requireNonNull(request.getBody()).utf8());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
