package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a controller lives through: lost connections, a restarted API server, late definitions. */
@RealCluster
class FabricWorldIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static KubeApiServer server;

  private final List<Change> changes = new CopyOnWriteArrayList<>();
  private String namespace;
  private KubernetesClient admin;
  private KubernetesClient client;
  private FabricWorld world;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    namespace = server.newNamespace("world");
    admin = server.client(KubeApiServer.ADMIN);
    client = Clients.client(server.config(KubeApiServer.ADMIN));
    world = new FabricWorld(client, "");
    world.onChange(changes::add);
  }

  @AfterEach
  void close() {
    world.close();
    client.close();
    admin.close();
  }

  @Test
  void droppedConnectionsHeal() {
    watching("v1", "ConfigMap");
    admin.resource(configMap("before")).create();
    await().atMost(SOON).until(() -> has("before"));

    server.dropConnections();
    // The old client's pooled connections are gone as well, and it does not try twice.
    try (KubernetesClient another = server.client(KubeApiServer.ADMIN)) {
      another.resource(configMap("after")).create();
    }

    await().atMost(SOON).until(() -> has("after"));
  }

  @Test
  void aRestartedServerHealsAndStaysQuiet() {
    watching("v1", "ConfigMap");
    admin.resource(configMap("kept")).create();
    await().atMost(SOON).until(() -> has("kept"));
    changes.clear();

    server.restart();
    admin.resource(configMap("after")).create();

    await().atMost(SOON).until(() -> has("after"));
    assertThat(changes)
        .filteredOn(change -> change.ref().namespace().equals(namespace))
        .extracting(change -> change.ref().name())
        .containsExactly("after");
  }

  @Test
  void w14_whatIsDeletedWhileTheConnectionIsLostDisappears() {
    watching("v1", "ConfigMap");
    ConfigMap gone = admin.resource(configMap("gone")).create();
    await().atMost(SOON).until(() -> has("gone"));

    server.cutNetwork();
    await().atMost(SOON).until(() -> !world.watching("v1", "ConfigMap"));
    assertThat(has("gone")).isTrue();
    server.restoreNetwork();
    admin.resource(gone).delete();

    await().atMost(SOON).until(() -> !has("gone"));
    assertThat(changes)
        .filteredOn(change -> change.ref().name().equals("gone"))
        .last()
        .satisfies(
            change -> {
              assertThat(change.isDeleted()).isTrue();
              assertThat(change.before()).isNotNull();
            });
  }

  @Test
  void aKindIsPickedUpWhenItsDefinitionComes() {
    assertThat(world.synced(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE)).isFalse();

    RealClusters.apply(admin, Path.of("crds/metrictemplates.yaml"));
    await()
        .atMost(SOON)
        .until(() -> world.watching(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE));

    // And again, after it was deleted together with its objects.
    new FabricCluster(
            client, world, ClusterOptions.DEFAULT, () -> true, java.time.InstantSource.system())
        .create(
            KubeObject.of(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE, namespace, "latency")
                .with(
                    tree -> {
                      tree.withObject("spec").put("query", "vector(1)");
                      tree.withObject("spec").putObject("provider").put("type", "prometheus");
                    }));
    ObjectRef latency =
        new ObjectRef(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE, namespace, "latency");
    assertThat(world.get(latency)).isNotNull();
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("metrictemplates.flagger.app")
        .delete();
    await().atMost(SOON).until(() -> world.get(latency) == null);
    RealClusters.apply(admin, Path.of("crds/metrictemplates.yaml"));
    await()
        .atMost(SOON)
        .until(() -> world.watching(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE));
  }

  private void watching(String apiVersion, String kind) {
    await().atMost(SOON).until(() -> world.watching(apiVersion, kind));
  }

  private boolean has(String name) {
    return world.get(new ObjectRef("v1", "ConfigMap", namespace, name)) != null;
  }

  private ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .addToData("key", "value")
        .build();
  }
}
