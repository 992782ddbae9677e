package io.serin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealCluster
class DeploymentStandInIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String namespace;
  private DeploymentStandIn standIn;

  DeploymentStandInIT(KubeApiServer cluster) {
    client = cluster.client(KubeApiServer.ADMIN);
    namespace = cluster.newNamespace("deployments");
  }

  @BeforeEach
  void start() {
    standIn = DeploymentStandIn.serving(client, namespace);
  }

  @AfterEach
  void stop() {
    standIn.close();
    client.close();
  }

  @Test
  void whatIsWantedIsReadyAlsoAfterScaling() {
    create("cart", 2);
    DeploymentStatus created = statusOnce("cart", status -> ready(status) == 2);
    assertThat(created.getObservedGeneration()).isEqualTo(1);

    client.apps().deployments().inNamespace(namespace).withName("cart").scale(3);
    DeploymentStatus scaled = statusOnce("cart", status -> ready(status) == 3);
    assertThat(scaled.getObservedGeneration()).isEqualTo(2);
    assertThat(reason(scaled, "Available")).isEqualTo("MinimumReplicasAvailable");
  }

  @Test
  void aNamedDeploymentStaysUnreadyUntilItIsMadeReady() {
    standIn.leaveUnready("cart");
    create("cart", 2);
    DeploymentStatus unready = statusOnce("cart", status -> status.getObservedGeneration() != null);
    assertThat(ready(unready)).isZero();
    assertThat(unready.getUpdatedReplicas()).isEqualTo(2);

    standIn.makeReady("cart");
    statusOnce("cart", status -> ready(status) == 2);
  }

  @Test
  void aNamedDeploymentExceedsItsDeadline() {
    create("cart", 1);
    statusOnce("cart", status -> ready(status) == 1);

    standIn.timeOut("cart");

    statusOnce("cart", s -> reason(s, "Progressing").equals("ProgressDeadlineExceeded"));
  }

  private DeploymentStatus statusOnce(String name, Predicate<DeploymentStatus> condition) {
    return await().atMost(SOON).until(() -> get(name).getStatus(), condition);
  }

  private Deployment get(String name) {
    return client.apps().deployments().inNamespace(namespace).withName(name).require();
  }

  private static int ready(DeploymentStatus status) {
    return status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
  }

  private static String reason(DeploymentStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(condition -> condition.getReason())
        .findFirst()
        .orElse("");
  }

  private void create(String name, int replicas) {
    Map<String, String> labels = Map.of("app", name);
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .withNewSelector()
            .withMatchLabels(labels)
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("app")
            .withImage("registry.test/app:1")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(deployment).create();
  }
}
