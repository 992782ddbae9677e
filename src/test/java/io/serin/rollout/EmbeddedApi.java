package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.cluster.Cluster;
import io.serin.cluster.ClusterOptions;
import io.serin.cluster.FabricCluster;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The production client of the embedded API, and a user who goes past it. */
final class EmbeddedApi extends ScenarioCluster {

  private static final ClusterOptions UNLIMITED = new ClusterOptions("", "", "", "", 0, 1);

  private final EmbeddedServer server;
  private final FabricCluster port;

  EmbeddedApi(EmbeddedServer server) {
    this.server = server;
    // Events are named by the time: a clock that stands still gives all of them one name.
    this.port =
        new FabricCluster(
            server.client(), server.world(), UNLIMITED, () -> true, InstantSource.system());
  }

  /**
   * Looks whether every event since {@link Scenario#forgetTold} was stored, with the newest reason.
   */
  void verify() {
    port.close();
    Map<String, String> newest = new LinkedHashMap<>();
    events().forEach(event -> newest.put(event.reason() + event.message(), event.text()));
    assertThat(server.events()).as("stored events").containsAll(newest.values());
  }

  /** Leaves an empty cluster behind. */
  EmbeddedServer leave() {
    port.close();
    server.wipe();
    return server;
  }

  @Override
  void put(KubeObject object) {
    KubeObject before = find(object.ref());
    server.write(before, before == null ? object : object.with(tree -> identify(tree, before)));
  }

  @Override
  void edit(ObjectRef ref, Consumer<ObjectNode> edit) {
    KubeObject before = stored(ref);
    KubeObject after = before.with(edit);
    if (!same(before, after)) {
      server.write(before, after);
    }
  }

  @Override
  void remove(ObjectRef ref) {
    server.remove(ref);
  }

  @Override
  void askToDelete(ObjectRef ref) {
    server.delete(ref);
  }

  @Override
  void touch(ObjectRef ref) {
    if (find(ref) != null) {
      edit(ref, tree -> annotations(tree).put("touched", "by somebody else"));
    }
  }

  @Override
  @Nullable KubeObject find(ObjectRef ref) {
    return server.read(ref);
  }

  @Override
  @Nullable KubeObject cached(ObjectRef ref) {
    return server.world().get(ref);
  }

  @Override
  boolean isCached(String apiVersion, String kind) {
    return server.world().synced(apiVersion, kind);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return server.world().list(apiVersion, kind, namespace);
  }

  @Override
  Cluster port() {
    return port;
  }

  private static void identify(ObjectNode tree, KubeObject before) {
    ObjectNode metadata = (ObjectNode) tree.get("metadata");
    metadata.put("uid", before.uid()).put("resourceVersion", before.resourceVersion());
  }

  private static ObjectNode annotations(ObjectNode tree) {
    return ((ObjectNode) tree.get("metadata")).withObjectProperty("annotations");
  }
}
