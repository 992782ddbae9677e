package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.testing.FakeWorld;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SnapshotTest {
  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);
  private final Canary canary = Samples.canary();
  private final KubeObject promoted = Samples.deployment();
  private final String revision = target.revision(promoted);
  private final KubeObject stored = Snapshot.of(canary, promoted, revision, Samples.CONFIGS, null);

  @Test
  void aSnapshotIsAControllerRevisionOfTheCanary() {
    KubeObject small =
        Snapshot.of(
            canary,
            Samples.parse(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: podinfo
                  namespace: default
                  generation: 7
                  uid: gone
                  labels: {app: podinfo}
                  annotations: {deployment.kubernetes.io/revision: "7"}
                spec: {replicas: 3}
                status: {replicas: 3}
                """),
            "s1-0123456789ab",
            Map.of("configmap/files", "sum"),
            null);

    assertThat(Samples.yaml(List.of(small))).isEqualTo(Samples.golden("snapshot", List.of(small)));
  }

  @Test
  void w15_aMissingPrimaryIsMadeAgainFromTheLastPromotedTemplateAndSize() {
    KubeObject failed =
        promoted.with(
            tree -> {
              setImage(tree, "example.com/podinfo:broken");
              ((ObjectNode) tree.path("spec")).put("replicas", 0);
            });
    FakeWorld world = FakeWorld.of(failed, stored);

    Snapshot last = Snapshot.find(world, canary, revision).orElseThrow();
    KubeObject primary = target.primary(canary, last.target(), null, last.configs(), "id-1");

    assertThat(primary).isEqualTo(target.primary(canary, promoted, null, Samples.CONFIGS, "id-1"));
    assertThat(target.replicas(primary)).isEqualTo(3);
  }

  @Test
  void w3_thePrimaryGoesBackToTheLastGoodTemplateAfterAFailedPromotion() {
    KubeObject good = target.primary(canary, promoted, null, Samples.CONFIGS, "id-1");
    KubeObject broken = promoted.with(tree -> setImage(tree, "example.com/podinfo:broken"));
    KubeObject failed = target.primary(canary, broken, good, Samples.CONFIGS, "id-2");

    Snapshot last = Snapshot.find(FakeWorld.of(stored), canary, revision).orElseThrow();
    KubeObject back = target.primary(canary, last.target(), failed, last.configs(), "id-3");

    assertThat(Revisions.carried(back, Samples.CONFIGS)).isEqualTo(revision);
    assertThat(back.tree().at("/spec/template/spec"))
        .isEqualTo(good.tree().at("/spec/template/spec"));
  }

  @Test
  void aSnapshotIsOfTheRevisionItWasTakenOf() {
    Snapshot last = Snapshot.find(FakeWorld.of(stored), canary, revision).orElseThrow();

    assertThat(target.revision(last.target())).isEqualTo(revision);
    assertThat(Snapshot.find(FakeWorld.of(stored), canary, "s1-other")).isEmpty();
  }

  @Test
  void promotedAgainWithOtherConfigurationItsDataStays() {
    KubeObject again =
        Snapshot.of(canary, target.scaledToZero(promoted), revision, Map.of("a", "b"), stored);

    assertThat(again.at("data")).isEqualTo(stored.at("data"));
    assertThat(Snapshot.find(FakeWorld.of(again), canary, revision).orElseThrow().configs())
        .containsOnly(Map.entry("a", "b"));
  }

  @Test
  void snapshotsThatNothingNeedsAreOutdated() {
    KubeObject other = Snapshot.of(canary, promoted, "s1-000000000000", Map.of(), null);
    KubeObject statefulSets =
        Samples.parse(
            "{apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: db, namespace:"
                + " default}}");

    assertThat(
            Snapshot.outdated(FakeWorld.of(stored, other, statefulSets), canary, Set.of(revision)))
        .containsExactly(other.ref());
  }

  private static void setImage(ObjectNode tree, String image) {
    ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", image);
  }
}
