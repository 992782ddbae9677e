package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeploymentPrimaryTest {
  private static final WorkloadOptions PREFIXED =
      new WorkloadOptions(
          WorkloadOptions.DEFAULTS.selectorLabels(), List.of("app.kubernetes.io"), true);

  private final Target target = new DeploymentTarget(PREFIXED);
  private final Canary canary = Samples.canary();
  private final KubeObject deployment = Samples.deployment();

  @Test
  void aNewPrimaryIsDerivedFromTheTarget() {
    KubeObject primary = target.primary(canary, deployment, null, Samples.CONFIGS, "id-1");

    assertThat(Samples.yaml(List.of(primary)))
        .isEqualTo(Samples.golden("primary-created", List.of(primary)));
  }

  @Test
  void aPromotedPrimaryKeepsItsSelectorOwnerAndWhatTheDeploymentControllerNotes() {
    KubeObject primary =
        target.primary(canary, withImage("6.0.1"), livePrimary(), Samples.CONFIGS, "id-2");

    assertThat(Samples.yaml(List.of(primary)))
        .isEqualTo(Samples.golden("primary-promoted", List.of(primary)));
  }

  @Test
  void aPrimaryOfTheWantedRevisionKeepsItsPodId() {
    KubeObject live = livePrimary();

    assertThat(target.primary(canary, deployment, live, Samples.CONFIGS, "id-2")).isEqualTo(live);
  }

  @Test
  void changedConfigurationAloneGivesThePodsANewId() {
    KubeObject primary =
        target.primary(canary, deployment, livePrimary(), Map.of("configmap/files", "new"), "id-2");

    assertThat(podAnnotation(primary, Names.POD_ID)).isEqualTo("id-2");
  }

  @Test
  void anEditedImageOfThePrimaryIsPutBackWithoutANewPodId() {
    KubeObject edited = livePrimary().with(tree -> setImage(tree, "example.com/other:1"));

    KubeObject primary = target.primary(canary, deployment, edited, Samples.CONFIGS, "id-2");

    assertThat(primary).isEqualTo(livePrimary());
  }

  @Test
  void aRestartOfThePrimaryAskedForByKubectlIsNotTakenBack() {
    KubeObject restarted =
        livePrimary()
            .with(
                tree ->
                    ((ObjectNode) tree.at("/spec/template/metadata/annotations"))
                        .put("kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z"));

    assertThat(target.primary(canary, deployment, restarted, Samples.CONFIGS, "id-2"))
        .isEqualTo(restarted);
  }

  @Test
  void thePrimaryKeepsItsSizeWhileTheTargetIsAtZero() {
    KubeObject idle = target.scaledToZero(withImage("6.0.1"));

    KubeObject primary = target.primary(canary, idle, livePrimary(), Samples.CONFIGS, "id-2");

    assertThat(target.replicas(primary)).isEqualTo(3);
  }

  @Test
  void aNewPrimaryOfATargetAtZeroHasOneReplica() {
    KubeObject primary =
        target.primary(canary, target.scaledToZero(deployment), null, Map.of(), "id-1");

    assertThat(target.replicas(primary)).isEqualTo(1);
  }

  @Test
  void anAutoscaledPrimaryKeepsItsSizeAtPromotion() {
    KubeObject live = livePrimary().with(tree -> setReplicas(tree, 9));

    KubeObject primary =
        target.primary(Samples.richCanary(), withImage("6.0.1"), live, Samples.CONFIGS, "id-2");

    assertThat(target.replicas(primary)).isEqualTo(9);
  }

  @Test
  void podsCarryTheLabelsOfASelectorMadeUnderOtherSettings() {
    KubeObject live =
        livePrimary()
            .with(
                tree ->
                    ((ObjectNode) tree.at("/spec/selector/matchLabels"))
                        .removeAll()
                        .put("name", "podinfo-primary"));

    KubeObject primary = target.primary(canary, withImage("6.0.1"), live, Samples.CONFIGS, "id-2");

    assertThat(primary.texts("spec", "template", "metadata", "labels"))
        .containsEntry("name", "podinfo-primary");
  }

  @Test
  void aSelectorLabelMayHaveAnotherValueThanTheTargetsName() {
    KubeObject renamed =
        Samples.parse(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: podinfo, namespace: default}
            spec:
              selector: {matchLabels: {name: web}}
              template: {metadata: {labels: {name: web}}}
            """);

    KubeObject primary = target.primary(canary, renamed, null, Map.of(), "id-1");

    assertThat(primary.texts("spec", "selector", "matchLabels"))
        .containsOnly(Map.entry("name", "web-primary"));
  }

  @Test
  void aTargetWithoutSelectorLabelHasNoPrimary() {
    KubeObject unlabelled = Samples.parse("{kind: Deployment, metadata: {name: podinfo}}");

    assertThatThrownBy(() -> target.primary(canary, unlabelled, null, Map.of(), "id-1"))
        .hasMessageContaining("spec.selector.matchLabels must contain one of");
  }

  @Test
  void anAdoptedPrimaryIsOnlyMarked() {
    KubeObject foreign = Samples.parse("{kind: Deployment, metadata: {name: podinfo-primary}}");

    KubeObject adopted = Revisions.adopted(foreign, "s1-0123456789ab", Samples.CONFIGS);

    assertThat(Revisions.carried(adopted, Samples.CONFIGS)).isEqualTo("s1-0123456789ab");
    assertThat(Revisions.carried(adopted, Map.of())).isEmpty();
    assertThat(adopted.at("spec").isMissingNode()).isTrue();
  }

  private KubeObject livePrimary() {
    return target
        .primary(canary, deployment, null, Samples.CONFIGS, "id-1")
        .with(
            tree -> {
              ObjectNode metadata = (ObjectNode) tree.path("metadata");
              metadata.put("resourceVersion", "99").put("uid", "bbbb");
              ((ObjectNode) metadata.path("annotations"))
                  .put("deployment.kubernetes.io/revision", "1");
              tree.putObject("status").put("replicas", 3);
            });
  }

  private KubeObject withImage(String tag) {
    return deployment.with(tree -> setImage(tree, "example.com/podinfo:" + tag));
  }

  private static void setImage(ObjectNode tree, String image) {
    ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", image);
  }

  private static void setReplicas(ObjectNode tree, int replicas) {
    ((ObjectNode) tree.path("spec")).put("replicas", replicas);
  }

  private static String podAnnotation(KubeObject workload, String key) {
    return workload.text("", "spec", "template", "metadata", "annotations", key);
  }
}
