package io.serin.rollout;

import static io.serin.rollout.PolicyRun.eventually;
import static io.serin.rollout.PolicyTexts.entry;
import static io.serin.rollout.PolicyTexts.files;
import static io.serin.rollout.PolicyTexts.in;
import static io.serin.rollout.PolicyTexts.policy;
import static io.serin.rollout.PolicyTexts.rule;
import static io.serin.rollout.PolicyTexts.selecting;
import static io.serin.rollout.PolicyTexts.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.api.PromotionPolicyStatus;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which version of a policy is active, also after a restart. */
@RealCluster
class PolicyVersionsIT extends PolicyProcessTests {

  private static final String FORGED = "{\"data\": {\"policy\": \"\"}}";
  private static final JsonMapper JSON = JsonMapper.shared();

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
      List<String> before = warnings(shop);
      policies.apply(policy(shop, rule("colour == 1", "none")));
      annotate(shop, "serin.dev/policy", shop.namespace);

      eventually(
          () -> assertBlocked(shop, "PolicyUnusable", "no earlier version is known: own.drl:3: "));
      decided(shop, "hold");
      eventually(
          () ->
              assertThat(warnings(shop))
                  .filteredOn(warning -> !before.contains(warning))
                  .singleElement()
                  .satisfies(
                      warning -> assertThat(warning).contains("own.drl:3: ").hasLineCount(1)));

      shop.delete(Names.FLAGGER_API_VERSION, Names.CANARY, "podinfo");

      shop.eventually(
          "the Canary to go",
          () -> shop.find(Names.FLAGGER_API_VERSION, Names.CANARY, "podinfo") == null);
      assertThat(shop.replicas("podinfo")).isEqualTo(2);
      eventually(() -> assertThat(run.get("/api/v1/canaries")).doesNotContain(shop.namespace));
    }
  }

  @Test
  void theLastGoodVersionOutlivesARestartAndSaysSo() throws IOException {
    try (LiveNamespace shop = run.analysing("shop")) {
      KubeObject caution =
          PolicyObjects.namespaced(shop.namespace, "caution", files(rule("open day")));
      KubeObject policy = policy(shop, rule("version none"));
      policies.apply(policy);
      decides(shop, "version none");
      policies.apply(policy(shop, rule("version one")));
      policies.apply(caution);
      decides(shop, "version one");
      decides(shop, "open day");
      String good = run.tick(shop).policy();
      String digest = good.substring(0, good.indexOf('+'));
      String broken = rule("weight == \"much\"", "none");
      policies.apply(policy(shop, broken));
      policies.apply(PolicyObjects.namespaced(shop.namespace, "caution", files(broken)));
      eventually(() -> assertReady(policies.status(policy), "False", "Refused"));
      eventually(() -> assertReady(policies.status(caution), "False", "Refused"));
      assertThat(kept(run.home, policy)).as("the last good version alone").hasSize(1);
      Instant restarted = Instant.now();

      run.restart();

      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(good));
      decides(shop, "version one");
      decides(shop, "open day");
      assertThat(run.ticks(shop))
          .as("never decided by less than every policy")
          .allMatch(tick -> tick.policy().equals(good) || !tick.facts().problems().isEmpty());
      assertThat(run.tick(shop).facts().problems()).isEmpty();
      PromotionPolicyStatus status = policies.status(policy);
      assertReady(status, "False", "Refused");
      assertThat(status.digest()).isEqualTo(digest);
      assertThat(status.findings()).first().asString().startsWith("own.drl:3: ");
      assertThat(writes(restarted)).noneMatch(write -> write.contains("controllerrevisions"));

      policies.apply(policy(shop, rule("version two")));

      decides(shop, "version two");
      eventually(() -> assertReady(policies.status(policy), "True", "Active"));
    }
  }

  @Test
  void whatIsKeptOfAPolicyCannotBeChangedAndIsNotTrustedWhenItIsAnothers() throws IOException {
    try (LiveNamespace shop = run.serving("shop")) {
      KubeObject policy =
          PolicyObjects.configMap(
              run.home.namespace,
              shop.namespace,
              entry("policy.yaml", "base: default\n" + selecting(shop))
                  + entry("own.drl", rule("version one")));
      policies.apply(policy);
      decides(shop, "version one");
      eventually(() -> assertThat(kept(run.home, policy)).hasSize(1));
      ControllerRevision kept = kept(run.home, policy).getFirst();

      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(
              () ->
                  run.home
                      .admin
                      .resource(kept)
                      .patch(PatchContext.of(PatchType.JSON_MERGE), FORGED))
          .withMessageContaining("field is immutable");
      forge(kept);
      policies.apply(
          PolicyObjects.configMap(
              run.home.namespace,
              shop.namespace,
              entry("policy.yaml", "base: default\n" + selecting(shop))
                  + entry("own.drl", rule("colour == 1", "none"))));
      eventually(
          () ->
              assertThat(events(run.home, shop.namespace))
                  .anyMatch(event -> event.startsWith("Warning PolicyRefused: ")));

      run.restart();

      eventually(
          () -> assertBlocked(shop, "PolicyUnusable", "no earlier version is known: own.drl:3: "));
      eventually(() -> assertThat(run.tick(shop).verdict().verb()).isEqualTo("hold"));
      assertThat(run.get("/api/v1/policies"))
          .contains(
              "the version that was kept: ControllerRevision " + kept.getMetadata().getName());
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
      String added = "+" + policies.status(caution).digest();
      // The ConfigMap has the same rules.
      String digest = policies.status(policy).digest() + added + added;
      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(digest));
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

  /** A revision of the same name with other data, as nobody but an administrator could make it. */
  private static void forge(ControllerRevision kept) {
    KubernetesClient admin = run.home.admin;
    admin.resource(kept).delete();
    KubeObject forged =
        new KubeObject(JSON.readTree(admin.getKubernetesSerialization().asJson(kept)).asObject());
    admin
        .resource(
            forged
                .with(
                    tree -> {
                      tree.withObject("metadata").remove(List.of("resourceVersion", "uid"));
                      tree.withObject("data").put("policy", "H4sIAAAAAAAA/w==");
                    })
                .tree()
                .toString())
        .create();
  }

  /** What is kept in that namespace of the policy that is from the object. */
  private static List<ControllerRevision> kept(LiveNamespace namespace, KubeObject policy) {
    return namespace
        .admin
        .apps()
        .controllerRevisions()
        .inNamespace(namespace.namespace)
        .withLabel(Names.POLICY_VERSION)
        .list()
        .getItems()
        .stream()
        .filter(
            kept ->
                kept.getMetadata().getOwnerReferences().stream()
                    .anyMatch(
                        owner ->
                            owner.getKind().equals(policy.kind())
                                && owner.getName().equals(policy.name())))
        .toList();
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
}
