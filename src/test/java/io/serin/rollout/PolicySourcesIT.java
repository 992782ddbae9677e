package io.serin.rollout;

import static io.serin.rollout.PolicyRun.eventually;
import static io.serin.rollout.PolicyTexts.entry;
import static io.serin.rollout.PolicyTexts.files;
import static io.serin.rollout.PolicyTexts.policy;
import static io.serin.rollout.PolicyTexts.rule;
import static io.serin.rollout.PolicyTexts.selecting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.api.PromotionPolicyStatus;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where policies come from, and for whom they are. */
@RealCluster
class PolicySourcesIT extends PolicyProcessTests {

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

      policies.apply(ours.with(PolicyTexts::unlabelled));

      eventually(() -> assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT));
    }
  }

  @Test
  void aControllerOfOneNamespaceFindsTheClusterPoliciesOfItsHome() throws IOException {
    try (LiveNamespace shop = new LiveNamespace("shop")) {
      policies.apply(
          PolicyObjects.configMap(
              run.home.namespace,
              "alone",
              entry("policy.yaml", "base: default\n" + selecting(shop))
                  + entry("own.drl", rule("version one"))));
      try (ControllerProcess alone =
          ControllerProcess.start(
              run.server,
              shop.namespace,
              folder,
              "alone",
              "-mesh-provider=kubernetes",
              "-policy-namespace=" + run.home.namespace)) {
        shop.apply(Live.deployment());
        shop.apply(Live.canary("kubernetes", "iterations: 100\nmetrics: []"));
        shop.reaches(Phase.INITIALIZED);

        eventually(
            () ->
                assertThat(alone.get("/api/v1/canaries/" + shop.namespace + "/podinfo/ticks"))
                    .contains("version one"));

        alone.process.stop(Duration.ofSeconds(30));
      }
    }
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
