package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.serin.api.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is visible between an own write and the moment it comes back through the watch. */
class KindCacheTest {
  private static final ApiResource ROUTE =
      new ApiResource("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true);

  private final List<Change> changes = new ArrayList<>();
  private final AtomicLong delivered = new AtomicLong();
  private final KindCache cache = new KindCache(ROUTE, changes::add, delivered::get);

  @Test
  void anOwnWriteHidesTheOlderObject() {
    watch("web", 5);

    cache.wrote(stored("web", 7));

    assertThat(cache.resourceVersion("shop", "web")).isEqualTo("7");
    assertThat(versions()).containsExactly("7");
  }

  @Test
  void anOwnCreationIsListed() {
    watch("b", 5);

    cache.wrote(stored("a", 7));
    cache.wrote(stored("c", 8));

    assertThat(cache.list("shop")).extracting(KubeObject::name).containsExactly("a", "b", "c");
    assertThat(cache.list("other")).isEmpty();
  }

  @Test
  void anOwnCreationIsListedAlsoWhileItComesBack() throws InterruptedException {
    int objects = 2_000;
    for (int i = 1; i <= objects; i++) {
      cache.wrote(stored("o" + i, i));
    }
    Thread watch =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 1; i <= objects; i++) {
                    watch("o" + i, i);
                  }
                });

    while (watch.isAlive()) {
      assertThat(cache.list("shop")).hasSize(objects);
    }
    watch.join();
  }

  @Test
  void aForeignWriteAfterTheOwnOneWins() {
    watch("web", 5);
    cache.wrote(stored("web", 7));

    watch("web", 9);

    assertThat(versions()).containsExactly("9");
    assertThat(changes.getLast().isOwn()).isFalse();
  }

  @Test
  void aForeignWriteBeforeTheOwnOneIsNotShown() {
    watch("web", 5);
    cache.wrote(stored("web", 7));

    watch("web", 6);

    assertThat(versions()).containsExactly("7");
  }

  @Test
  void theEchoOfAnOwnWriteIsToldAsSuch() {
    watch("web", 5);
    cache.wrote(stored("web", 7));

    watch("web", 7);

    assertThat(changes).extracting(Change::isOwn).containsExactly(false, true);
  }

  @Test
  void anEchoThatComesBeforeTheAnswerLeavesNothingBehind() {
    watch("web", 7);

    cache.wrote(stored("web", 7));
    cache.remove("shop/web");

    assertThat(cache.find("shop", "web")).isNull();
  }

  @Test
  void anOwnCreationThatSomebodyDeletedMeanwhileIsGoneOnceTheWatchIsPastIt() {
    cache.wrote(stored("web", 7));

    delivered.set(8);

    assertThat(cache.find("shop", "web")).isNull();
    assertThat(cache.list("")).isEmpty();
  }

  @Test
  void anOwnDeletionHidesTheObjectUntilAnotherOneComes() {
    watch("web", 5);

    cache.deleted("shop", "web");
    assertThat(cache.find("shop", "web")).isNull();
    assertThat(cache.list("")).isEmpty();

    cache.remove("shop/web");
    watch("web", 9);
    assertThat(versions()).containsExactly("9");
  }

  @Test
  void listingAgainTellsNothingWhenNothingChanged() {
    watch("web", 5);
    watch("web", 5);

    assertThat(changes).hasSize(1);
  }

  @Test
  void aKindThatIsGoneIsToldObjectByObject() {
    watch("a", 5);
    watch("b", 6);

    cache.clear();

    assertThat(changes.subList(2, 4)).allMatch(Change::isDeleted);
    assertThat(cache.size()).isZero();
  }

  @Test
  void namespacesWithACommonBeginningAreKeptApart() {
    put("shop", "web", 1);
    put("shop-2", "web", 2);

    assertThat(cache.list("shop")).hasSize(1);
  }

  private void watch(String name, long version) {
    put("shop", name, version);
  }

  private void put(String namespace, String name, long version) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withResourceVersion(Long.toString(version))
            .build());
    cache.put(cache.getKey(resource), resource);
  }

  private List<String> versions() {
    return cache.list("").stream().map(KubeObject::resourceVersion).toList();
  }

  private static Stored stored(String name, long version) {
    String json =
        """
        {"apiVersion": "%s", "kind": "%s",
         "metadata": {"namespace": "shop", "name": "%s", "resourceVersion": "%d"}}
        """
            .formatted(ROUTE.apiVersion(), ROUTE.kind(), name, version);
    return Trimmer.trim(json.getBytes(StandardCharsets.UTF_8));
  }
}
