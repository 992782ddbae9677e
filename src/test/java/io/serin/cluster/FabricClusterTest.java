package io.serin.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FabricClusterTest {
  private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web");
  private static final ObjectRef CART =
      new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "shop", "cart");

  private final MockCluster mock = new MockCluster();
  private final AtomicBoolean mayWrite = new AtomicBoolean(true);
  private final FabricWorld world = new FabricWorld(mock.client, "");
  private final FabricCluster cluster =
      new FabricCluster(
          mock.client, world, ClusterOptions.DEFAULT, mayWrite::get, InstantSource.system());

  @BeforeEach
  void fill() throws InterruptedException {
    cluster.create(replicas(KubeObject.of(WEB), 2));
    cluster.create(KubeObject.of(CART));
    mock.requests();
  }

  @AfterEach
  void close() {
    cluster.close();
    world.close();
    mock.close();
  }

  @Test
  void anUpdateIsOneRequest() throws InterruptedException {
    KubeObject observed = read(WEB);
    mock.requests();

    assertThat(cluster.update(observed, replicas(observed, 5))).isTrue();

    assertThat(mock.requests())
        .containsExactly("PATCH /apis/apps/v1/namespaces/shop/deployments/web");
    assertThat(read(WEB).number(0, "spec", "replicas")).isEqualTo(5);
  }

  @Test
  void noDifferenceIsNoRequest() throws InterruptedException {
    KubeObject observed = read(WEB);
    mock.requests();
    KubeObject desired =
        observed.with(
            tree -> {
              tree.withObject("metadata").put("generation", 99).put("resourceVersion", "1");
              tree.putObject("status").put("replicas", 7);
            });

    assertThat(cluster.update(observed, desired)).isFalse();

    assertThat(mock.requests()).isEmpty();
  }

  @Test
  void whatSomebodyElseDidMeanwhileIsNotUndone() throws InterruptedException {
    KubeObject before = read(WEB);
    KubeObject desired = replicas(before, 0);
    cluster.update(before, before.with(tree -> tree.withObject("spec").put("paused", true)));
    KubeObject now = read(WEB);
    mock.requests();

    assertThatThrownBy(() -> cluster.update(now, desired))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("derived from resource version " + before.resourceVersion());

    assertThat(mock.requests()).isEmpty();
  }

  @Test
  void theStatusIsWrittenAndWhatIsUnsetIsRemoved() throws InterruptedException {
    CanaryStatus first =
        CanaryStatus.NONE.change().phase(Phase.PROGRESSING).lastAppliedSpec("abc").build();
    KubeObject written = cluster.writeStatus(read(CART), first);
    mock.requests();

    KubeObject again = cluster.writeStatus(written, first.change().lastAppliedSpec("").build());

    assertThat(mock.requests())
        .containsExactly("PATCH /apis/flagger.app/v1beta1/namespaces/shop/canaries/cart/status");
    assertThat(again.text("", "status", "phase")).isEqualTo("Progressing");
    assertThat(again.has("status", "lastAppliedSpec")).isFalse();
    assertThat(again.resourceVersion()).isNotEqualTo(written.resourceVersion());
  }

  @Test
  void creatingWhatExistsIsAConflict() {
    assertThatThrownBy(() -> cluster.create(KubeObject.of(WEB)))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("create Deployment web.shop: 409 ");
  }

  @Test
  void patchingWhatIsGoneIsAConflict() {
    KubeObject observed = read(WEB);
    cluster.delete(WEB);

    assertThatThrownBy(() -> cluster.update(observed, replicas(observed, 3)))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("patch Deployment web.shop: 404 ");
  }

  @Test
  void deletingTwiceIsFine() {
    cluster.delete(WEB);
    cluster.delete(WEB);

    assertThat(cluster.read(WEB)).isNull();
  }

  @Test
  void anUnknownKindIsOneClearLine() {
    mock.server.expect().get().withPath("/apis/x.io/v1").andReturn(404, "").always();
    assertThatThrownBy(() -> cluster.create(KubeObject.of("x.io/v1", "Thing", "shop", "a")))
        .isInstanceOf(ClusterException.class)
        .hasMessage("create Thing a.shop: the API server does not serve x.io/v1 Thing");
  }

  @Test
  void withoutTheLeaseNothingIsSent() throws InterruptedException {
    KubeObject observed = read(WEB);
    mock.requests();
    mayWrite.set(false);

    assertThatThrownBy(() -> cluster.update(observed, replicas(observed, 9)))
        .isInstanceOf(NotLeaderException.class);
    assertThatThrownBy(() -> cluster.create(KubeObject.of(WEB)))
        .isInstanceOf(NotLeaderException.class);
    assertThatThrownBy(() -> cluster.delete(WEB)).isInstanceOf(NotLeaderException.class);
    assertThatThrownBy(() -> cluster.writeStatus(observed, CanaryStatus.NONE))
        .isInstanceOf(NotLeaderException.class);
    cluster.emit(new Event(observed, false, "Synced", "nobody hears this"));
    cluster.close();

    assertThat(mock.requests()).isEmpty();
  }

  @Test
  void anOwnWriteIsVisibleAtOnce() {
    AtomicInteger echoes = new AtomicInteger();
    world.onChange(_ -> echoes.incrementAndGet());
    await().until(() -> world.watching("apps/v1", "Deployment"));

    for (int replicas = 10; replicas < 40; replicas++) {
      KubeObject observed = requireNonNull(world.get(WEB));
      assertThat(cluster.update(observed, replicas(observed, replicas))).isTrue();
      KubeObject seen = requireNonNull(world.get(WEB));
      assertThat(seen.number(0, "spec", "replicas")).isEqualTo(replicas);
    }

    // The mock server closes only when its watches have sent all they have.
    await().until(() -> echoes.get() >= 31);
  }

  @Test
  void anOwnDeletionIsVisibleAtOnce() {
    AtomicInteger deletions = new AtomicInteger();
    world.onChange(change -> deletions.addAndGet(change.isDeleted() ? 1 : 0));
    await().until(() -> world.watching("apps/v1", "Deployment"));

    cluster.delete(WEB);

    assertThat(world.get(WEB)).isNull();
    assertThat(world.list("apps/v1", "Deployment", "shop")).isEmpty();
    await().until(() -> deletions.get() == 1);
  }

  @Test
  void theSameEventCountsUp() {
    KubeObject canary = read(CART);
    for (int i = 0; i < 3; i++) {
      cluster.emit(new Event(canary, true, "Synced", "Halt cart.shop advancement"));
    }
    cluster.emit(new Event(canary, false, "Synced", "Advance cart.shop canary weight 10"));
    cluster.close();

    var events = mock.client.v1().events().inNamespace("shop").list().getItems();
    assertThat(events)
        .extracting(io.fabric8.kubernetes.api.model.Event::getMessage)
        .containsExactlyInAnyOrder(
            "Halt cart.shop advancement", "Advance cart.shop canary weight 10");
    assertThat(events)
        .filteredOn(event -> "Warning".equals(event.getType()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getCount()).isEqualTo(3);
              assertThat(event.getReason()).isEqualTo("Synced");
              assertThat(event.getSource().getComponent()).isEqualTo("flagger");
              assertThat(event.getInvolvedObject().getName()).isEqualTo("cart");
            });
  }

  @Test
  void theSameEventForAnotherReasonCountsUpAndTellsTheNewestReason() {
    KubeObject canary = read(CART);
    for (int seconds : List.of(27, 17, 7)) {
      cluster.emit(
          new Event(canary, true, "Held", "waiting", "hold: due in " + seconds + " s (rule 'w')"));
    }
    cluster.close();

    assertThat(mock.client.v1().events().inNamespace("shop").list().getItems())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getCount()).isEqualTo(3);
              assertThat(event.getMessage()).isEqualTo("waiting\nhold: due in 7 s (rule 'w')");
            });
  }

  private KubeObject read(ObjectRef ref) {
    return requireNonNull(cluster.read(ref), "the object is there");
  }

  private static KubeObject replicas(KubeObject object, int replicas) {
    return object.with(tree -> spec(tree).put("replicas", replicas));
  }

  private static ObjectNode spec(ObjectNode tree) {
    return tree.withObject("spec");
  }
}
