package io.serin.rollout;

import static io.serin.rollout.Analyses.CHECK;
import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.serin.alert.Alerts;
import io.serin.alert.Channel;
import io.serin.cluster.Event;
import io.serin.fact.Metric;
import io.serin.metric.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets which alerts, and what becomes of those that cannot be sent. */
@Timeout(60)
class AlertTellerTest {

  private static final Channel GLOBAL =
      new Channel("slack", "https://global/", "", "all", "flagger", "");

  private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<Channel> channels = Collections.synchronizedList(new ArrayList<>());
  private final List<String> counted = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Channel global = GLOBAL;
  private boolean crossNamespace = true;
  private Alerts alerts =
      (alert, channel) -> {
        channels.add(channel);
        sent.add(channel.type() + " " + alert.severity().wireName());
        return null;
      };

  @Test
  void theGlobalNotifierGetsEverythingOfACanaryThatListsNoAlerts() {
    Scenario run = failed("");

    tell(run);

    assertThat(sent).containsExactly("slack info", "slack error");
    assertThat(channels).containsOnly(GLOBAL);
    assertThat(counted).containsExactly("slack SENT", "slack SENT");
  }

  @Test
  void theListReplacesTheGlobalNotifier() {
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    provider(run, "chat", "type: rocket, address: \"https://chat/x\"");

    tell(run);

    assertThat(sent).containsExactly("rocket error");
  }

  @Test
  void withoutAnyReceiverNothingIsSent() {
    global = null;
    Scenario run = failed("");

    tell(run);

    assertThat(sent).isEmpty();
    assertThat(counted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severity: info  | info, error",
        "severity: warn  | error",
        "severity: error | error",
        "severity: ''    | info, error",
        "                | info, error"
      })
  void d19_anEntryGetsItsSeverityAndWorse(@Nullable String severity, String expected) {
    String entry = severity == null ? "name: a" : "name: a, " + severity;
    Scenario run = failed("alerts: [{" + entry + ", providerRef: {name: chat}}]");
    provider(run, "chat", "type: rocket, address: \"https://chat/x\"");

    tell(run);

    assertThat(sent)
        .containsExactly(
            List.of(expected.split(", ")).stream().map(s -> "rocket " + s).toArray(String[]::new));
  }

  @Test
  void everyEntryOfTheListIsTried() {
    Scenario run =
        failed(
            """
            alerts:
            - {name: a, severity: error, providerRef: {name: missing}}
            - {name: b, severity: error, providerRef: {name: chat}}
            """);
    provider(run, "chat", "type: rocket, address: \"https://chat/x\"");

    tell(run);

    assertThat(sent).containsExactly("rocket error");
    assertThat(counted).containsExactlyInAnyOrder("unknown FAILED", "rocket SENT");
  }

  @Test
  void aProviderHasFlaggersDefaults() {
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    provider(run, "chat", "type: slack, address: \"https://chat/x\", proxy: \"http://proxy\"");

    tell(run);

    assertThat(channels)
        .containsExactly(
            new Channel("slack", "https://chat/x", "", "general", "flagger", "http://proxy"));
  }

  @Test
  void d18_theSecretWinsOverTheAddressBesideIt() {
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    provider(run, "chat", "type: slack, address: \"https://old/\", secretRef: {name: hook}");
    secrets.put("test/hook", Map.of("address", "https://new/\n", "token", "t0ken\n"));

    tell(run);

    assertThat(channels)
        .containsExactly(new Channel("slack", "https://new/", "t0ken", "general", "flagger", ""));
  }

  @Test
  void d18_aSecretMayHoldTheTokenAlone() {
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    provider(run, "chat", "type: webhook, address: \"https://host/\", secretRef: {name: hook}");
    secrets.put("test/hook", Map.of("token", "key"));

    tell(run);

    assertThat(channels).extracting(Channel::address).containsExactly("https://host/");
    assertThat(channels).extracting(Channel::token).containsExactly("key");
  }

  @Test
  void theSecretIsThatOfTheProvidersNamespace() {
    Scenario run =
        failed("alerts: [{name: a, severity: error, providerRef: {name: chat, namespace: infra}}]");
    provider(run, "infra", "chat", "type: slack, secretRef: {name: hook}");
    secrets.put("infra/hook", Map.of("address", "https://infra/"));

    tell(run);

    assertThat(channels).extracting(Channel::address).containsExactly("https://infra/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-                                          | alertprovider.flagger.app \"chat\" not found",
        "type: slack                                | it has no address",
        "type: slack, secretRef: {name: missing}    | secret \"missing\" not found",
        "type: slack, secretRef: {name: empty}      | secret \"empty\" does not contain an address",
        "type: slack, secretRef: {name: unreadable} | secret \"unreadable\" error: forbidden"
      })
  void aProviderThatCannotBeUsedIsAnEventThatNamesIt(String spec, String problem) {
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    if (!spec.equals("-")) {
      provider(run, "chat", spec);
    }
    secrets.put("test/empty", Map.of("token", "t"));

    tell(run);

    assertThat(run.cluster.events())
        .extracting(Event::reason, Event::message)
        .containsOnlyOnce(tuple("AlertFailed", "alert provider chat.test error: " + problem));
    assertThat(counted).containsExactly("unknown FAILED");
    assertThat(sent).isEmpty();
  }

  @Test
  void anotherNamespaceIsRefusedWhereReferencesToItAreBlocked() {
    Scenario run =
        failed("alerts: [{name: a, severity: error, providerRef: {name: chat, namespace: infra}}]");
    provider(run, "infra", "chat", "type: slack, address: \"https://infra/\"");
    crossNamespace = false;

    tell(run);

    assertThat(sent).isEmpty();
    assertThat(run.told())
        .contains(
            "alert provider chat.infra error: it is in another namespace, cross-namespace"
                + " references are blocked");
  }

  @Test
  void whatAReceiverRefusesIsCountedAndAnEvent() {
    alerts = (_, _) -> "https://chat: postMessage failed: no";
    Scenario run = failed("alerts: [{name: a, severity: error, providerRef: {name: chat}}]");
    provider(run, "chat", "type: rocket, address: \"https://chat/x\"");

    tell(run);

    assertThat(counted).containsExactly("rocket FAILED");
    assertThat(run.told())
        .contains("alert provider chat.test error: https://chat: postMessage failed: no");
  }

  @Test
  void aReceiverThatHangsDelaysNeitherTheTickNorAnother() throws InterruptedException {
    CountDownLatch quick = new CountDownLatch(1);
    alerts =
        (alert, channel) -> {
          if (channel.type().equals("slack")) {
            await(quick);
          } else {
            quick.countDown();
          }
          sent.add(channel.type() + " " + alert.severity().wireName());
          return null;
        };
    Scenario run =
        failed(
            """
            alerts:
            - {name: a, providerRef: {name: slow}}
            - {name: b, severity: error, providerRef: {name: quick}}
            """);
    provider(run, "slow", "type: slack, address: \"https://chat/x\"");
    provider(run, "quick", "type: rocket, address: \"https://chat/x\"");

    tell(run);

    assertThat(sent).containsSubsequence("slack info", "slack error").contains("rocket error");
  }

  /** A run with one alert of severity info and one of severity error. */
  private static Scenario failed(String alerts) {
    Scenario run = new Scenario("istio", STEPS + alerts).initialised();
    run.records.clear();
    run.meter.gives(CHECK, Metric.Outcome.FAIL);
    return run.release("6.0.1").tick().intervals(3);
  }

  /** Tells all ticks of the run and waits until what follows is over. */
  private void tell(Scenario run) {
    Secrets reader =
        (namespace, name) -> {
          if (name.equals("unreadable")) {
            throw new IllegalStateException("forbidden");
          }
          return Optional.ofNullable(secrets.get(namespace + "/" + name));
        };
    try (AlertTeller teller =
        new AlertTeller(
            run.cluster,
            new AlertChannels(run.cluster, reader, crossNamespace),
            (alert, channel) -> alerts.send(alert, channel),
            new AlertTeller.Settings(global, "prod"),
            (receiver, result) -> counted.add(receiver + " " + result))) {
      for (TickRecord record : run.records) {
        teller.tell(run.object(), run.canary(), record);
      }
    }
  }

  private static void provider(Scenario run, String name, String spec) {
    provider(run, "test", name, spec);
  }

  private static void provider(Scenario run, String namespace, String name, String spec) {
    run.cluster.put(
        Scenario.yaml(
            """
            apiVersion: flagger.app/v1beta1
            kind: AlertProvider
            metadata: {name: %s, namespace: %s}
            spec: {%s}
            """
                .formatted(name, namespace, spec)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
