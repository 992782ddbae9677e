package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static final Map<String, String> SELECTOR = Map.of("app", "podinfo");

  @AutoClose private final EmbeddedCluster cluster = EmbeddedCluster.start();
  @AutoClose private final Http http = new Http();
  private final KubernetesClient client = cluster.client();
  private final Pods pods = new Pods();

  @AutoClose
  private final Workloads workloads =
      new Workloads(
          client,
          InstantSource.system(),
          Duration.ofMillis(200),
          pods,
          new Metrics(InstantSource.system()));

  @BeforeEach
  void aDeploymentOfTwo() {
    client.resource(Manifests.deployment("podinfo", Release.FIRST, 2)).create();
    awaitReady(2);
  }

  @Test
  void theStatusFollows() {
    DeploymentStatus status = read().getStatus();

    assertThat(status.getObservedGeneration()).isEqualTo(1);
    assertThat(List.of(status.getReplicas(), status.getUpdatedReplicas())).containsOnly(2);
    assertThat(status.getAvailableReplicas()).isEqualTo(2);
    assertThat(status.getConditions())
        .extracting(c -> c.getType() + "=" + c.getStatus() + "/" + c.getReason())
        .containsExactly(
            "Available=True/MinimumReplicasAvailable", "Progressing=True/NewReplicaSetAvailable");
  }

  @Test
  void podsAnswer() {
    Pod pod = pods.endpoints(Manifests.NAMESPACE, SELECTOR).getFirst();

    assertThat(http.get("http://127.0.0.1:" + pod.port()).body()).contains(Release.FIRST);
  }

  @Test
  void aNewTemplateReplacesThePodsWithoutAGap() {
    List<Integer> seen = new ArrayList<>();
    patch("{\"spec\":{\"template\":{\"spec\":{\"containers\":[%s]}}}}".formatted(container()));

    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              seen.add(pods.endpoints(Manifests.NAMESPACE, SELECTOR).size());
              return isComplete();
            });

    assertThat(seen).allMatch(ready -> ready >= 2);
    assertThat(pods.endpoints(Manifests.NAMESPACE, SELECTOR))
        .hasSize(2)
        .allMatch(pod -> http.get("http://127.0.0.1:" + pod.port()).body().contains(Release.GOOD));
  }

  @Test
  void zeroReplicasEndAllPods() {
    patch("{\"spec\":{\"replicas\":0}}");
    awaitReady(0);

    assertThat(pods.endpoints(Manifests.NAMESPACE, SELECTOR)).isEmpty();
    assertThat(read().getStatus().getReplicas()).isZero();
  }

  @Test
  void aDeletedDeploymentLosesItsPods() {
    client.apps().deployments().inNamespace(Manifests.NAMESPACE).withName("podinfo").delete();

    await()
        .untilAsserted(() -> assertThat(pods.endpoints(Manifests.NAMESPACE, SELECTOR)).isEmpty());
  }

  private void patch(String patch) {
    client
        .apps()
        .deployments()
        .inNamespace(Manifests.NAMESPACE)
        .withName("podinfo")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static String container() {
    return "{\"name\":\"podinfod\",\"image\":\"stefanprodan/podinfo:%s\"}".formatted(Release.GOOD);
  }

  private void awaitReady(int replicas) {
    await().until(() -> isComplete() && read().getStatus().getReadyReplicas() == replicas);
  }

  private boolean isComplete() {
    Deployment now = read();
    DeploymentCounts counts = DeploymentCounts.of(now.getStatus());
    return counts != null
        && counts.complete()
        && counts.generation() == now.getMetadata().getGeneration();
  }

  private Deployment read() {
    return client.apps().deployments().inNamespace(Manifests.NAMESPACE).withName("podinfo").get();
  }
}
