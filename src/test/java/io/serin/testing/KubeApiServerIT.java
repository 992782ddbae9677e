package io.serin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@RealCluster
class KubeApiServerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final KubeApiServer cluster;

  KubeApiServerIT(KubeApiServer cluster) {
    this.cluster = cluster;
  }

  @Test
  void theAdministratorWritesAndTheAuditLogTells() {
    Instant start = Instant.now();
    String namespace = cluster.newNamespace("audit");
    try (KubernetesClient admin = cluster.client(KubeApiServer.ADMIN, "audit-smoke/1")) {
      admin.resource(configMap(namespace, "first")).create();
    }

    assertThat(cluster.requests("audit-smoke", start))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.verb()).isEqualTo("create");
              assertThat(entry.resource()).isEqualTo("configmaps");
              assertThat(entry.namespace()).isEqualTo(namespace);
              assertThat(entry.name()).isEqualTo("first");
              assertThat(entry.user()).isEqualTo(KubeApiServer.ADMIN);
              assertThat(entry.code()).isEqualTo(201);
            });
  }

  @Test
  void aUserMayDoNothingBeforeATestGrantsIt() {
    try (KubernetesClient observer = cluster.client("observer-1")) {
      assertThatThrownBy(() -> observer.configMaps().inNamespace("default").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  @Test
  void aWatchSurvivesCutConnectionsAndARestart() {
    try (KubeApiServer own = KubeApiServer.start();
        KubernetesClient watcher = own.client(KubeApiServer.ADMIN);
        KubernetesClient writer = own.client(KubeApiServer.ADMIN)) {
      String namespace = own.newNamespace("watch");
      try (SharedIndexInformer<ConfigMap> seen =
          watcher.configMaps().inNamespace(namespace).inform()) {
        own.dropConnections();
        writer.resource(configMap(namespace, "after-drop")).create();
        await().atMost(SOON).until(() -> has(seen, namespace, "after-drop"));

        own.cutNetwork();
        assertThatThrownBy(() -> writer.namespaces().list())
            .isInstanceOf(KubernetesClientException.class);
        own.restoreNetwork();

        own.restart();
        writer.resource(configMap(namespace, "after-restart")).create();
        await().atMost(SOON).until(() -> has(seen, namespace, "after-restart"));
      }
    }
  }

  @Test
  void aControllerManagerFinishesADeletedNamespace() {
    try (KubeApiServer own = KubeApiServer.start();
        KubernetesClient admin = own.client(KubeApiServer.ADMIN)) {
      own.startControllerManager("namespace");
      String namespace = own.newNamespace("short-lived");

      admin.namespaces().withName(namespace).delete();

      await().atMost(SOON).until(() -> admin.namespaces().withName(namespace).get() == null);
    }
  }

  private static boolean has(SharedIndexInformer<ConfigMap> seen, String namespace, String name) {
    return seen.getIndexer().getByKey(namespace + "/" + name) != null;
  }

  private static ConfigMap configMap(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }
}
