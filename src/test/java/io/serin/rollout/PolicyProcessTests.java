package io.serin.rollout;

import static io.serin.rollout.PolicyRun.eventually;
import static io.serin.rollout.PolicyTexts.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Condition;
import io.serin.api.Names;
import io.serin.api.PromotionPolicyStatus;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policies from a real API server and from a directory, in a controller process that holds the
 * shipped ClusterRole only. All policies with the same text are compiled once.
 */
abstract class PolicyProcessTests {

  static final String DEFAULT = LiveNamespace.POLICY.digest();
  private static final Set<String> READS = Set.of("get", "list", "watch");

  @TempDir static Path folder;
  static PolicyRun run;

  PolicyObjects policies;

  @BeforeAll
  static void start() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("mounted"));
    Files.writeString(
        directory.resolve("policy.yaml"), "selector: {matchLabels: {policy: mounted}}\n");
    Files.writeString(directory.resolve("own.drl"), rule("version one"));
    run = new PolicyRun(folder, directory);
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @BeforeEach
  void begin() {
    policies = new PolicyObjects(run.home.admin);
  }

  @AfterEach
  void end() {
    policies.close();
    run.clear();
  }

  static void decides(LiveNamespace shop, String reason) {
    eventually(() -> assertProposed(run.tick(shop), reason));
  }

  /** The record of a tick can be read a moment after what the tick wrote to the cluster. */
  static void decided(LiveNamespace shop, String verb) {
    eventually(() -> assertThat(run.tick(shop).verdict().verb()).isEqualTo(verb));
  }

  static void assertProposed(TickRecord tick, String reason) {
    assertThat(tick.proposals())
        .extracting(proposal -> proposal.verdict().reason())
        .contains(reason);
  }

  static void assertReady(PromotionPolicyStatus status, String ready, String reason) {
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.type()).isEqualTo("Ready");
              assertThat(condition.status()).isEqualTo(ready);
              assertThat(condition.reason()).isEqualTo(reason);
            });
  }

  static void assertBlocked(LiveNamespace shop, String reason, String message) {
    assertThat(blocked(shop))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.reason()).isEqualTo(reason);
              assertThat(condition.message()).contains(message).hasLineCount(1);
            });
  }

  static List<Condition> blocked(LiveNamespace shop) {
    return shop.canary().status().conditions().stream()
        .filter(condition -> condition.type().equals("Blocked"))
        .filter(condition -> condition.status().equals("True"))
        .toList();
  }

  static void annotate(LiveNamespace shop, String key, String value) {
    shop.patch(
        Names.FLAGGER_API_VERSION,
        Names.CANARY,
        "podinfo",
        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
  }

  /** Type, reason and message of the events about an object, without why it was so decided. */
  static List<String> events(LiveNamespace shop, String name) {
    return shop.admin.v1().events().inNamespace(shop.namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(e -> "%s %s: %s".formatted(e.getType(), e.getReason(), e.getMessage()))
        .toList();
  }

  static List<String> warnings(LiveNamespace shop) {
    return events(shop, "podinfo").stream().filter(e -> e.startsWith("Warning Blocked: ")).toList();
  }

  /** What the controller did to the API server since then, but for reading. */
  static List<String> writes(Instant since) {
    return run.server.requests(KubeApiServer.CONTROLLER, since).stream()
        .filter(entry -> !READS.contains(entry.verb()))
        .map(entry -> entry.verb() + " " + entry.resource() + "/" + entry.name())
        .toList();
  }
}
