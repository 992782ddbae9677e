package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.alert.HttpAlerts;
import io.serin.fact.Metric;
import io.serin.http.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a Canary, its AlertProvider and Secret to what a chat server gets. */
@Timeout(60)
class AlertsOverHttpTest {

  @AutoClose private final MockWebServer chat = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());

  @Test
  void aGoodAndABadRunAreToldInOrder() throws Exception {
    // given
    for (int i = 0; i < 4; i++) {
      chat.enqueue(new MockResponse.Builder().body("ok").build());
    }
    chat.start();
    Scenario run =
        new Scenario("istio", STEPS + "alerts: [{name: a, providerRef: {name: chat}}]")
            .initialised();
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: flagger.app/v1beta1
            kind: AlertProvider
            metadata: {name: chat, namespace: test}
            spec: {type: slack, channel: on-call, secretRef: {name: hook}}
            """));
    run.records.clear();
    // when
    run.release("6.0.1").tick().intervals(7);
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    run.release("6.0.2").tick().intervals(3);
    tell(run);
    // then
    List<JsonNode> received = received();
    assertThat(received)
        .extracting(alert -> alert.path("color").asString() + " " + alert.path("text").asString())
        .containsExactly(
            "good New revision detected, progressing canary analysis.",
            "good Canary analysis completed successfully, promotion finished.",
            "good New revision detected, progressing canary analysis.",
            "danger Failed checks threshold reached 2");
    assertThat(
            received.getLast().path("fields").values().stream()
                .map(f -> f.path("value").asString()))
        .containsExactly(
            "prod",
            "rollback: failed check 2 of 2: Halt podinfo.test advancement request-success-rate is"
                + " FAIL (rule 'the last check that may fail takes the revision back')");
  }

  private void tell(Scenario run) {
    Map<String, String> secret =
        Map.of(
            "address",
            "http://127.0.0.1:" + chat.getPort() + "/api/chat.postMessage",
            "token",
            "xoxb-1");
    try (AlertTeller teller =
        new AlertTeller(
            run.cluster,
            new AlertChannels(run.cluster, (_, _) -> Optional.of(secret), true),
            new HttpAlerts(http, run),
            new AlertTeller.Settings(null, "prod"),
            (_, _) -> {})) {
      run.records.forEach(record -> teller.tell(run.object(), run.canary(), record));
    }
  }

  private List<JsonNode> received() throws InterruptedException {
    List<JsonNode> attachments = new ArrayList<>();
    for (int i = chat.getRequestCount(); i > 0; i--) {
      RecordedRequest request = chat.takeRequest();
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer xoxb-1");
      String body = Objects.requireNonNull(request.getBody()).utf8();
      attachments.add(JsonMapper.shared().readTree(body).at("/attachments/0"));
    }
    return attachments;
  }
}
