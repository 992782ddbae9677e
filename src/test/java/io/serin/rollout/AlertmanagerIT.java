package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.alert.HttpAlerts;
import io.serin.fact.Metric;
import io.serin.http.Http;
import io.serin.testing.RealAlertmanager;
import io.serin.testing.RealAlertmanagerTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bad run is told to a real Alertmanager, which tells its receiver. */
@RealAlertmanagerTest
@Timeout(120)
class AlertmanagerIT {

  @AutoClose private final MockWebServer pager = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> counted = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theNewsOfABadRunReachWhoeverIsOnCall() throws Exception {
    for (int i = 0; i < 10; i++) {
      pager.enqueue(new MockResponse.Builder().build());
    }
    pager.start();
    try (RealAlertmanager alertmanager =
        RealAlertmanager.notifying("http://127.0.0.1:" + pager.getPort() + "/")) {
      // given
      Scenario run = badRun(alertmanager.url());
      // when
      tell(run);
      // then
      assertThat(counted).containsExactly("alertmanager SENT", "alertmanager SENT");
      assertThat(reasons(stored(alertmanager)))
          .containsExactlyInAnyOrder("NewRevision", "FailedChecksThreshold");
      JsonNode failed = notified("FailedChecksThreshold");
      assertThat(failed.path("labels").toString())
          .isEqualTo(
              """
              {"alertname":"FlaggerCanary","canary":"podinfo","cluster":"prod",\
              "namespace":"test","reason":"FailedChecksThreshold","severity":"critical",\
              "target":"podinfo"}\
              """);
      assertThat(failed.at("/annotations/description").asString())
          .isEqualTo("Failed checks threshold reached 2");
      assertThat(failed.at("/annotations/rule").asString())
          .isEqualTo("the last check that may fail takes the revision back");
      assertThat(failed.at("/annotations/explanation").asString())
          .startsWith("rollback: failed check 2 of 2: ")
          .endsWith("(rule 'the last check that may fail takes the revision back')");
      // when another revision fails
      run.records.clear();
      run.release("6.0.2").tick().intervals(3);
      tell(run);
      // then it is the same alert as before
      assertThat(reasons(stored(alertmanager)))
          .containsExactlyInAnyOrder("NewRevision", "FailedChecksThreshold");
    }
  }

  /** It is at the present time, since an Alertmanager forgets what is over. */
  private static Scenario badRun(String alertmanager) {
    Scenario run =
        new Scenario("istio", STEPS + "alerts: [{name: a, providerRef: {name: pager}}]")
            .initialised();
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: flagger.app/v1beta1
            kind: AlertProvider
            metadata: {name: pager, namespace: test}
            spec: {type: alertmanager, address: "%s"}
            """
                .formatted(alertmanager)));
    run.after(Duration.between(run.instant(), InstantSource.system().instant()));
    run.records.clear();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    return run.release("6.0.1").tick().intervals(3);
  }

  private void tell(Scenario run) {
    try (AlertTeller teller =
        new AlertTeller(
            run.cluster,
            new AlertChannels(run.cluster, (_, _) -> Optional.empty(), true),
            new HttpAlerts(http, run),
            new AlertTeller.Settings(null, "prod"),
            (receiver, result) -> counted.add(receiver + " " + result))) {
      run.records.forEach(record -> teller.tell(run.object(), run.canary(), record));
    }
  }

  private JsonNode stored(RealAlertmanager alertmanager) throws IOException, InterruptedException {
    URI uri = URI.create(alertmanager.url() + "/api/v2/alerts");
    return JsonMapper.shared()
        .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private static List<String> reasons(JsonNode alerts) {
    return alerts.values().stream().map(a -> a.at("/labels/reason").asString()).toList();
  }

  /** The alert of this reason that the Alertmanager's own receiver is told. */
  private JsonNode notified(String reason) throws InterruptedException {
    Set<String> seen = new HashSet<>();
    while (true) {
      RecordedRequest request =
          Objects.requireNonNull(
              pager.takeRequest(60, TimeUnit.SECONDS), () -> "no notification after " + seen);
      JsonNode alert =
          JsonMapper.shared()
              .readTree(Objects.requireNonNull(request.getBody()).utf8())
              .at("/alerts/0");
      if (seen.add(alert.at("/labels/reason").asString()) && seen.contains(reason)) {
        return alert;
      }
    }
  }
}
