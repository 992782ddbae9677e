package io.serin.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FabricWorldTest {
  private static final ObjectRef COLOURS = new ObjectRef("v1", "ConfigMap", "shop", "colours");

  private final MockCluster mock = new MockCluster();
  private final FabricWorld world = new FabricWorld(mock.client, "");

  @AfterEach
  void close() {
    world.close();
    mock.close();
  }

  @Test
  void aConfigMapIsKeptAsItsChecksum() {
    write("colours", "blue");
    await().until(() -> world.watching("v1", "ConfigMap"));

    KubeObject blue = get();

    assertThat(blue.has("data")).isFalse();
    assertThat(blue.has("metadata", "managedFields")).isFalse();
    assertThat(blue.annotations()).containsOnlyKeys("serin.dev/checksum", "kept");
    assertThat(blue.kind()).isEqualTo("ConfigMap");

    write("colours", "green");
    await()
        .untilAsserted(
            () ->
                assertThat(get().annotation("serin.dev/checksum"))
                    .isNotEqualTo(blue.annotation("serin.dev/checksum")));
  }

  @Test
  void whatMayBeLargeIsListedInSmallPages() throws InterruptedException {
    await().until(() -> world.watching("v1", "Secret") && world.watching("v1", "Service"));

    assertThat(mock.requests())
        .contains("GET /api/v1/secrets?limit=50", "GET /api/v1/services?limit=500");
  }

  @Test
  void aWorldOfOneNamespaceHoldsTheConfigMapsOfHomeAsWell() {
    List<Change> changes = new CopyOnWriteArrayList<>();
    try (FabricWorld shop = new FabricWorld(mock.client, "shop", "home")) {
      shop.onChange(changes::add);
      await().until(() -> shop.watching("v1", "ConfigMap"));
      for (String namespace : List.of("shop", "home", "other")) {
        mock.client.resource(configMap(namespace)).create();
      }

      await().until(() -> changes.size() == 2);
      assertThat(shop.list("v1", "ConfigMap", ""))
          .extracting(KubeObject::namespace)
          .containsExactlyInAnyOrder("shop", "home");
      assertThat(shop.get(COLOURS)).isNotNull();
      assertThat(shop.get(new ObjectRef("v1", "ConfigMap", "home", "colours"))).isNotNull();
      assertThat(shop.get(new ObjectRef("v1", "ConfigMap", "other", "colours"))).isNull();
    }
  }

  @Test
  void aWorldOfOneNamespaceHoldsNothingElseOfHome() {
    try (FabricWorld shop = new FabricWorld(mock.client, "shop", "home")) {
      mock.client.resource(service("home")).create();
      mock.client.resource(service("shop")).create();
      await().until(() -> shop.watching("v1", "Service"));

      assertThat(shop.list("v1", "Service", ""))
          .extracting(KubeObject::namespace)
          .containsExactly("shop");
    }
  }

  @Test
  void changesAreToldWithBeforeAndAfter() {
    List<Change> changes = new CopyOnWriteArrayList<>();
    world.onChange(changes::add);
    await().until(() -> world.watching("v1", "ConfigMap"));

    write("colours", "blue");
    write("colours", "green");
    mock.client.configMaps().inNamespace("shop").withName("colours").delete();

    await().until(() -> changes.size() == 3);
    assertThat(changes)
        .extracting(Change::toString)
        .containsExactly(
            "ConfigMap colours.shop created",
            "ConfigMap colours.shop changed",
            "ConfigMap colours.shop deleted");
    assertThat(changes.get(1).ref()).isEqualTo(COLOURS);
    assertThat(world.get(COLOURS)).isNull();
  }

  @Test
  void aFailingListenerDisturbsNobody() {
    world.onChange(
        _ -> {
          throw new IllegalStateException("poison");
        });
    List<Change> changes = new CopyOnWriteArrayList<>();
    world.onChange(changes::add);
    await().until(() -> world.watching("v1", "ConfigMap"));

    write("colours", "blue");
    write("shapes", "round");

    await().until(() -> changes.size() == 2);
  }

  @Test
  void aNamespaceIsListedAlone() {
    for (String namespace : List.of("shop", "shop-2", "a")) {
      mock.client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName("x")
                  .endMetadata()
                  .build())
          .create();
    }
    await().until(() -> world.watching("v1", "ConfigMap"));

    assertThat(world.list("v1", "ConfigMap", "shop"))
        .extracting(KubeObject::namespace)
        .containsExactly("shop");
    assertThat(world.list("v1", "ConfigMap", "")).hasSize(3);
  }

  @Test
  void anAbsentKindStaysUnsynced() throws InterruptedException {
    assertThat(world.synced(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE)).isFalse();
    assertThat(world.list(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE, "")).isEmpty();
  }

  private static ConfigMap configMap(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("colours")
        .endMetadata()
        .build();
  }

  private static Service service(String namespace) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("web")
        .endMetadata()
        .build();
  }

  private KubeObject get() {
    return requireNonNull(world.get(COLOURS), "the object is there");
  }

  private void write(String name, String value) {
    mock.client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withAnnotations(
                    Map.of("kept", "yes", Names.LAST_APPLIED_CONFIGURATION, "{\"data\":1}"))
                .withManagedFields(new ManagedFieldsEntry())
                .endMetadata()
                .withData(Map.of("colour", value))
                .build())
        .createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
  }
}
