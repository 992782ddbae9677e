package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.ConfigChecksum;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.cluster.Cluster;
import io.serin.cluster.ClusterException;
import io.serin.cluster.ConflictException;
import io.serin.cluster.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A cluster in memory that checks resource versions and bumps generations. */
final class FakeCluster extends ScenarioCluster {

  private final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();
  private long version;

  @Override
  void put(KubeObject object) {
    store(object);
  }

  @Override
  void edit(ObjectRef ref, Consumer<ObjectNode> edit) {
    store(stored(ref).with(edit));
  }

  @Override
  void remove(ObjectRef ref) {
    objects.remove(ref);
  }

  @Override
  void askToDelete(ObjectRef ref) {
    edit(
        ref,
        tree ->
            ((ObjectNode) tree.get("metadata")).put("deletionTimestamp", "2026-03-02T12:00:00Z"));
  }

  @Override
  void touch(ObjectRef ref) {
    if (objects.containsKey(ref)) {
      edit(ref, _ -> {});
    }
  }

  @Override
  @Nullable KubeObject find(ObjectRef ref) {
    return objects.get(ref);
  }

  @Override
  @Nullable KubeObject cached(ObjectRef ref) {
    KubeObject object = objects.get(ref);
    return object == null ? null : trimmed(object);
  }

  @Override
  boolean isCached(String apiVersion, String kind) {
    return true;
  }

  /** Everything that there is. */
  List<KubeObject> all() {
    return List.copyOf(objects.values());
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return objects.values().stream()
        .filter(o -> o.apiVersion().equals(apiVersion) && o.kind().equals(kind))
        .filter(o -> namespace.isEmpty() || o.namespace().equals(namespace))
        .toList();
  }

  @Override
  Cluster port() {
    return new Port();
  }

  private KubeObject current(KubeObject observed) {
    KubeObject stored = objects.get(observed.ref());
    if (stored == null) {
      throw new ClusterException(observed.name() + " is gone");
    }
    if (!stored.resourceVersion().equals(observed.resourceVersion())) {
      throw new ConflictException(observed.name() + " was changed");
    }
    return stored;
  }

  private KubeObject store(KubeObject object) {
    KubeObject before = objects.get(object.ref());
    boolean specChanged = before == null || !before.at("spec").equals(object.at("spec"));
    KubeObject stored =
        object.with(
            tree -> {
              ObjectNode metadata = (ObjectNode) tree.get("metadata");
              metadata.put("resourceVersion", Long.toString(++version));
              long generation = before == null ? 0 : before.generation();
              metadata.put("generation", specChanged ? generation + 1 : generation);
              if (!metadata.has("uid")) {
                metadata.put("uid", "uid-" + object.kind() + "-" + object.name());
              }
            });
    if (stored.isDeleting() && stored.finalizers().isEmpty()) {
      objects.remove(stored.ref());
    } else {
      objects.put(stored.ref(), stored);
    }
    return stored;
  }

  private static KubeObject trimmed(KubeObject object) {
    boolean config = object.kind().equals("ConfigMap") || object.kind().equals("Secret");
    if (!config) {
      return object;
    }
    return object.with(
        tree -> {
          String checksum = ConfigChecksum.of(object);
          if (!object.labels().containsKey(Names.CALENDAR)) {
            tree.remove(List.of("data", "binaryData"));
          }
          ((ObjectNode) tree.get("metadata"))
              .withObjectProperty("annotations")
              .put(Names.CHECKSUM, checksum);
        });
  }

  /** What the controller's writes do to the objects. */
  private final class Port implements Cluster {

    @Override
    public World world() {
      return FakeCluster.this;
    }

    @Override
    public KubeObject writeStatus(KubeObject canary, CanaryStatus status) {
      return store(current(canary).with(tree -> tree.set("status", status.toTree())));
    }

    @Override
    public void create(KubeObject object) {
      if (objects.containsKey(object.ref())) {
        throw new ConflictException(object.name() + " exists");
      }
      store(object);
    }

    @Override
    public boolean update(KubeObject observed, KubeObject desired) {
      if (same(observed, desired)) {
        return false;
      }
      if (isStale(observed, desired)) {
        throw new ConflictException("update " + desired.ref() + ": changed since it was observed");
      }
      current(observed);
      store(desired);
      return true;
    }

    @Override
    public void delete(ObjectRef ref) {
      objects.remove(ref);
    }

    @Override
    public @Nullable KubeObject read(ObjectRef ref) {
      return objects.get(ref);
    }

    @Override
    public void emit(Event event) {
      // Listed already, and nobody else reads it.
    }
  }
}
