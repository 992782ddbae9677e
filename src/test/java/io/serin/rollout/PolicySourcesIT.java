package io.serin.rollout;

import static io.serin.rollout.PolicyRun.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serin.api.Condition;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.api.PromotionPolicyStatus;
import io.serin.policy.ShadowDecision;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies from a real API server and from a directory, in a controller process that holds the
 * shipped ClusterRole only. All policies with the same text are compiled once.
 */
@RealCluster
class PolicySourcesIT {

  private static final String DEFAULT = LiveNamespace.POLICY.digest();
  private static final Set<String> READS = Set.of("get", "list", "watch");

  @TempDir private static Path folder;
  private static PolicyRun run;

  private PolicyObjects policies;

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

  @Test
  void theApiServerRefusesWhatIsNoPolicyAndShowsWhatBecameOfOne() {
    KubeObject odd = PolicyObjects.cluster("odd", "mode: \"Off\"\ncolour: blue");

    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> policies.apply(PolicyObjects.cluster("shade", "mode: Shade")))
        .withMessageContaining("Unsupported value: \"Shade\"");
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> policies.apply(odd))
        .withMessageContaining("colour");
    assertThat(policies.create(odd).at("spec").toString())
        .as("pruned")
        .isEqualTo("{\"mode\":\"Off\"}");
    eventually(
        () ->
            assertThat(table("clusterpromotionpolicies"))
                .contains("\"odd\",\"Off\",\"False\",\"Off\""));
    assertThat(table("promotionpolicies")).contains("\"Mode\"", "\"Ready\"", "\"Last used\"");
  }

  @Test
  void aClusterPolicyDecidesAboutTheCanariesThatItsSelectorsFit() {
    try (LiveNamespace shop = run.serving("shop");
        LiveNamespace other = run.serving("other")) {
      KubeObject policy = policy(shop, rule("version one"));

      policies.apply(policy);

      decides(shop, "version one");
      TickRecord tick = run.tick(shop);
      assertThat(tick.rule()).isEqualTo("the shop waits");
      eventually(
          () -> {
            PromotionPolicyStatus status = policies.status(policy);
            assertThat(status.digest()).isEqualTo(tick.policy());
            assertThat(status.compiled()).isTrue();
            assertThat(status.findings()).isEmpty();
            assertThat(status.lastUsed()).isNotNull();
            assertReady(status, "True", "Active");
          });
      assertThat(run.tick(other).policy()).isEqualTo(DEFAULT);
    }
  }

  @Test
  void aVersionThatCannotBeUsedNeverReplacesTheOneThatCan() {
    try (LiveNamespace shop = run.analysing("shop")) {
      policies.apply(policy(shop, rule("version one")));
      decides(shop, "version one");
      String good = run.tick(shop).policy();

      refused(shop, good, policy(shop, "import java.io.File;\n" + rule("none")), "own.drl:1: ");
      refused(shop, good, policy(shop, rule("weight == \"much\"", "none")), "own.drl:3: ");
      refused(
          shop,
          good,
          tested(policy(shop, rule("version two")), "advance"),
          "own_test.yaml: case 'it waits': ");

      policies.apply(tested(policy(shop, rule("version two")), "hold"));

      decides(shop, "version two");
      assertThat(run.tick(shop).policy()).isNotEqualTo(good);
      assertThat(run.tick(shop).before().phase()).isEqualTo(Phase.PROGRESSING);
    }
  }

  @Test
  void aCanaryThatNamesAPolicyThatNeverWorkedHoldsAndCanBeDeleted() {
    try (LiveNamespace shop =
        run.serving("shop", tree -> tree.withObject("spec").put("revertOnDeletion", true))) {
      policies.apply(policy(shop, rule("colour == 1", "none")));
      annotate(shop, "serin.dev/policy", shop.namespace);

      eventually(
          () -> assertBlocked(shop, "PolicyUnusable", "no earlier version is known: own.drl:3: "));
      assertThat(run.tick(shop).verdict().verb()).isEqualTo("hold");
      eventually(() -> assertThat(warnings(shop)).hasSize(1));
      assertThat(warnings(shop).getFirst()).contains("own.drl:3: ").hasLineCount(1);

      shop.delete(Names.FLAGGER_API_VERSION, Names.CANARY, "podinfo");

      shop.eventually(
          "the Canary to go",
          () -> shop.find(Names.FLAGGER_API_VERSION, Names.CANARY, "podinfo") == null);
      assertThat(shop.replicas("podinfo")).isEqualTo(2);
      eventually(() -> assertThat(run.get("/api/v1/canaries")).doesNotContain(shop.namespace));
    }
  }

  @Test
  void aNamespacePolicyAddsCautionInItsNamespaceAlone() {
    try (LiveNamespace shop = run.analysing("shop");
        LiveNamespace other = run.analysing("other")) {
      KubeObject caution =
          PolicyObjects.namespaced(
              shop.namespace, "caution", files(rule("open day").replace("hold", "halt")));

      policies.apply(caution);

      decides(shop, "open day");
      assertThat(run.tick(shop).verdict().verb()).isEqualTo("halt");
      assertThat(run.tick(shop).policy()).startsWith(DEFAULT + "+");
      eventually(() -> assertReady(policies.status(caution), "True", "Active"));
      assertThat(run.tick(other).policy()).isEqualTo(DEFAULT);

      policies.delete(caution);

      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT));
      assertThat(run.tick(shop).verdict().verb()).isNotEqualTo("halt");
    }
  }

  @Test
  void aNamespacePolicyThatWouldMakeARolloutFasterIsRefused() {
    KubeObject eager =
        PolicyObjects.namespaced(
            run.home.namespace,
            "eager",
            files(rule("go").replace("decide.hold( ", "decide.advance( 100, ")));

    policies.apply(eager);

    eventually(() -> assertReady(policies.status(eager), "False", "Refused"));
    assertThat(policies.status(eager).findings())
        .containsExactly(
            "own.drl:5: rule 'the shop waits': a namespace policy may only add caution"
                + " (decide.hold, halt, freeze or rollback), not decide.advance");
  }

  @Test
  void aLabelledConfigMapIsAClusterPolicyAtHomeAndANamespacePolicyElsewhere() {
    try (LiveNamespace shop = run.serving("shop");
        LiveNamespace other = run.serving("other")) {
      KubeObject ours =
          PolicyObjects.configMap(
              run.home.namespace,
              "ours",
              entry("policy.yaml", "base: default\n" + selecting(shop))
                  + entry("own.drl", rule("version one")));
      KubeObject theirs =
          PolicyObjects.configMap(
              other.namespace, "theirs", entry("own.drl", rule("version theirs")));

      policies.apply(ours);
      policies.apply(theirs);

      decides(shop, "version one");
      decides(other, "version theirs");
      assertThat(run.tick(shop).policy()).doesNotContain("+");
      assertThat(run.tick(other).policy()).startsWith(DEFAULT + "+");
      eventually(
          () ->
              assertThat(events(run.home, "ours"))
                  .containsExactly(
                      "Normal PolicyActive: Policy active with digest " + run.tick(shop).policy()));

      policies.apply(
          PolicyObjects.configMap(
              other.namespace, "theirs", entry("own.drl", rule("none").replace("hold", "start"))));

      eventually(
          () ->
              assertThat(events(other, "theirs"))
                  .anyMatch(
                      event ->
                          event.startsWith("Warning PolicyRefused: Policy refused: own.drl:5: ")));

      policies.apply(ours.with(PolicySourcesIT::unlabelled));

      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT));
    }
  }

  @Test
  void aShadowPolicyIsCountedAndExplainedAndDecidesOnceItIsEnforced() {
    try (LiveNamespace shop = run.serving("shop")) {
      KubeObject policy = policy(shop, rule("version one"));

      policies.apply(in("Shadow", policy));

      eventually(() -> assertThat(run.tick(shop).shadows()).hasSize(1));
      ShadowDecision shadow = run.tick(shop).shadows().getFirst();
      assertThat(shadow.agreement()).isEqualTo(ShadowDecision.Agreement.DISAGREES);
      assertThat(shadow.rule()).isEqualTo("the shop waits");
      assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT);
      assertThat(run.get("/api/v1/canaries/" + shop.namespace + "/podinfo/explanation"))
          .contains("\"name\" : \"" + policy.name() + "\"", "\"agreement\" : \"DISAGREES\"");
      eventually(
          () ->
              assertThat(run.get("/metrics"))
                  .contains(
                      "serin_policy_disagreements_total{name=\"podinfo\",namespace=\"%s\",policy=\"%s\"} %d.0\n"
                          .formatted(shop.namespace, policy.name(), disagreements(shop))));

      policies.apply(in("Enforce", policy));

      decides(shop, "version one");
      assertThat(run.tick(shop).shadows()).isEmpty();
    }
  }

  @Test
  void aSettingWithinItsBoundsCountsAndOneBeyondThemHolds() {
    try (LiveNamespace shop = run.serving("shop")) {
      String limited =
          rule("limit reached")
              .replace("then", "    Setting( name == \"shop.limit\", number > 3 )\nthen");
      policies.apply(
          policy(shop, limited)
              .with(
                  tree ->
                      tree.withObject("spec")
                          .withArray("settings")
                          .add(
                              Scenario.yaml("{name: shop.limit, number: 5, min: 1, max: 10}")
                                  .tree())));
      decides(shop, "limit reached");

      annotate(shop, "serin.dev/settings", "shop.limit=2");
      eventually(() -> assertThat(run.tick(shop).verdict().verb()).isEqualTo("idle"));

      annotate(shop, "serin.dev/settings", "shop.limit=50");
      eventually(
          () ->
              assertBlocked(
                  shop, "InvalidSetting", "annotation serin.dev/settings: shop.limit is 50"));
      assertThat(run.tick(shop).verdict().verb()).isEqualTo("hold");

      annotate(shop, "serin.dev/settings", "shop.limit=3");
      eventually(() -> assertThat(blocked(shop)).isEmpty());
      assertThat(run.tick(shop).verdict().verb()).isEqualTo("idle");
    }
  }

  @Test
  void aDirectoryIsReadAgainAndKeepsItsLastGoodVersion() throws IOException {
    try (LiveNamespace shop = run.serving("shop")) {
      shop.patch(
          Names.FLAGGER_API_VERSION,
          Names.CANARY,
          "podinfo",
          "{\"metadata\": {\"labels\": {\"policy\": \"mounted\"}}}");
      Path file = run.directory.resolve("own.drl");
      decides(shop, "version one");

      Files.writeString(file, rule("version two"));
      decides(shop, "version two");

      Files.writeString(file, rule("none").replace("hold", "wait"));
      eventually(
          () ->
              assertThat(run.log().lines())
                  .anyMatch(
                      line ->
                          line.contains("policy refused")
                              && line.contains("directory mounted")
                              && line.contains("own.drl:5: ")));
      assertProposed(run.tick(shop), "version two");

      Files.writeString(file, rule("version one"));
      decides(shop, "version one");
    }
  }

  @Test
  void aControllerDoesNotStartWithABrokenDirectory() throws IOException, InterruptedException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("own.drl"), rule("none").replace("hold", "wait"));

    try (ControllerProcess process =
        ControllerProcess.launch(
            run.server, "", folder, "broken", "-log-level=error", "-policy-dir=" + broken)) {
      assertThat(process.process.exitWithin(Duration.ofSeconds(60))).hasValue(1);
      assertThat(Files.readAllLines(process.log))
          .singleElement()
          .asString()
          .contains("own.drl:5: ");
    }
  }

  @Test
  void anotherProcessFindsThePoliciesAndWritesNothingThatIsThereAlready() throws IOException {
    try (LiveNamespace shop = run.serving("shop")) {
      KubeObject policy = policy(shop, rule("weight == 99", "none"));
      KubeObject caution =
          PolicyObjects.namespaced(shop.namespace, "caution", files(rule("weight == 99", "none")));
      KubeObject configMap =
          PolicyObjects.configMap(
              shop.namespace, "more", entry("own.drl", rule("weight == 99", "none")));
      policies.apply(policy);
      policies.apply(caution);
      policies.apply(configMap);
      eventually(() -> assertThat(policies.status(policy).lastUsed()).isNotNull());
      eventually(() -> assertThat(policies.status(caution).lastUsed()).isNotNull());
      eventually(() -> assertThat(events(shop, "more")).hasSize(1));
      String digest = run.tick(shop).policy();
      assertThat(digest).startsWith(policies.status(policy).digest() + "+").isNotEqualTo(DEFAULT);
      List<String> told = events(shop, "podinfo");
      Instant restarted = Instant.now();

      run.restart();

      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(digest));
      assertThat(run.ticks(shop))
          .as("never decided by less than every policy")
          .allMatch(tick -> tick.policy().equals(digest) || !tick.facts().problems().isEmpty());
      KubeObject last = in("Off", policy(shop, "last", rule("version two")));
      policies.apply(last);
      eventually(() -> assertReady(policies.status(last), "False", "Off"));
      assertThat(events(shop, "podinfo")).isEqualTo(told);
      assertThat(writes(restarted))
          .as("beside one event for the ConfigMap")
          .filteredOn(write -> !write.startsWith("create events/more."))
          .containsExactly("patch clusterpromotionpolicies/last");
    }
  }

  /** A policy with one rule that holds what is at rest or under analysis. */
  private static String rule(String reason) {
    return rule("phase == Phase.INITIALIZED || analysing", reason);
  }

  private static String rule(String condition, String reason) {
    return """
    rule "the shop waits"
    when
        Rollout( %s )
    then
        decide.hold( "%s" );
    end
    """
        .formatted(condition, reason);
  }

  private static String entry(String file, String text) {
    return "%s: |\n%s".formatted(file, text.indent(2));
  }

  private static String files(String drl) {
    return "files:\n" + entry("own.drl", drl).indent(2);
  }

  private static String selecting(LiveNamespace shop) {
    return "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}\n"
        .formatted(shop.namespace);
  }

  /** A cluster policy for that namespace, with its name. */
  private static KubeObject policy(LiveNamespace shop, String drl) {
    return policy(shop, shop.namespace, drl);
  }

  private static KubeObject policy(LiveNamespace shop, String name, String drl) {
    return PolicyObjects.cluster(name, "base: default\n" + selecting(shop) + files(drl));
  }

  private static KubeObject tested(KubeObject policy, String verdict) {
    String test =
        """
        cases:
        - {name: it waits, facts: {rollout: {phase: Initialized}}, expect: %s}
        """
            .formatted(verdict);
    return policy.with(
        tree -> tree.withObject("spec").putObject("tests").put("own_test.yaml", test));
  }

  private static KubeObject in(String mode, KubeObject policy) {
    return policy.with(tree -> tree.withObject("spec").put("mode", mode));
  }

  private static void unlabelled(ObjectNode tree) {
    ((ObjectNode) tree.get("metadata")).remove("labels");
  }

  private static void decides(LiveNamespace shop, String reason) {
    eventually(() -> assertProposed(run.tick(shop), reason));
  }

  /** The version is refused, and the good one goes on deciding. */
  private void refused(LiveNamespace shop, String good, KubeObject version, String finding) {
    policies.apply(version);

    eventually(
        () ->
            assertThat(policies.status(version).findings()).first().asString().startsWith(finding));
    PromotionPolicyStatus status = policies.status(version);
    assertThat(status.compiled()).isFalse();
    assertThat(status.digest()).isEqualTo(good);
    assertReady(status, "False", "Refused");
    assertThat(run.tick(shop).policy()).isEqualTo(good);
    assertProposed(run.tick(shop), "version one");
  }

  private static void assertProposed(TickRecord tick, String reason) {
    assertThat(tick.proposals())
        .extracting(proposal -> proposal.verdict().reason())
        .contains(reason);
  }

  private static void assertReady(PromotionPolicyStatus status, String ready, String reason) {
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.type()).isEqualTo("Ready");
              assertThat(condition.status()).isEqualTo(ready);
              assertThat(condition.reason()).isEqualTo(reason);
            });
  }

  private static void assertBlocked(LiveNamespace shop, String reason, String message) {
    assertThat(blocked(shop))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.reason()).isEqualTo(reason);
              assertThat(condition.message()).contains(message).hasLineCount(1);
            });
  }

  private static List<Condition> blocked(LiveNamespace shop) {
    return shop.canary().status().conditions().stream()
        .filter(condition -> condition.type().equals("Blocked"))
        .filter(condition -> condition.status().equals("True"))
        .toList();
  }

  private static void annotate(LiveNamespace shop, String key, String value) {
    shop.patch(
        Names.FLAGGER_API_VERSION,
        Names.CANARY,
        "podinfo",
        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
  }

  private static long disagreements(LiveNamespace shop) {
    return run.ticks(shop).stream()
        .flatMap(tick -> tick.shadows().stream())
        .filter(shadow -> shadow.agreement() == ShadowDecision.Agreement.DISAGREES)
        .count();
  }

  /** Type, reason and message of the events about an object, without why it was so decided. */
  private static List<String> events(LiveNamespace shop, String name) {
    return shop.admin.v1().events().inNamespace(shop.namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(e -> "%s %s: %s".formatted(e.getType(), e.getReason(), e.getMessage()))
        .toList();
  }

  private static List<String> warnings(LiveNamespace shop) {
    return events(shop, "podinfo").stream().filter(e -> e.startsWith("Warning Blocked: ")).toList();
  }

  /** What the controller did to the API server since then, but for reading. */
  private static List<String> writes(Instant since) {
    return run.server.requests(KubeApiServer.CONTROLLER, since).stream()
        .filter(entry -> !READS.contains(entry.verb()))
        .map(entry -> entry.verb() + " " + entry.resource() + "/" + entry.name())
        .toList();
  }

  /** As {@code kubectl get} asks for it: the cells of every row. */
  private static String table(String plural) {
    var http = run.home.admin.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(run.server.url() + "/apis/serin.dev/v1alpha1/" + plural)
            .header("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1")
            .build();
    return http.sendAsync(request, String.class).join().body();
  }
}
