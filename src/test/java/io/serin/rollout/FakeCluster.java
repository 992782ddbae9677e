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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster in memory whose caches are always up to date. It counts requests, checks resource
 * versions, bumps generations, and can be told to fail the next writes, as if the process died
 * there.
 */
final class FakeCluster implements Cluster, World {

  private final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private long version;
  private int writesLeft = Integer.MAX_VALUE;
  private String refused = "";
  private boolean conflict;
  private boolean synced = true;

  /** Thrown instead of the write at which the process is supposed to die. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  FakeCluster put(KubeObject object) {
    store(object);
    return this;
  }

  void edit(ObjectRef ref, Consumer<ObjectNode> edit) {
    KubeObject before = objects.get(ref);
    if (before == null) {
      throw new AssertionError("no " + ref);
    }
    store(before.with(edit));
  }

  void remove(ObjectRef ref) {
    objects.remove(ref);
  }

  /** An object that has to be there, with everything that the caches leave out. */
  KubeObject stored(ObjectRef ref) {
    KubeObject object = objects.get(ref);
    if (object == null) {
      throw new AssertionError("no " + ref);
    }
    return object;
  }

  List<KubeObject> all() {
    return List.copyOf(objects.values());
  }

  List<String> requests() {
    return requests;
  }

  List<Event> events() {
    return events;
  }

  /** The process dies at the write after so many more. */
  void crashAfter(int writes) {
    writesLeft = writes;
  }

  /** The API server refuses every write of an object of this kind until {@link #recover}. */
  void refuse(String kind) {
    refused = kind;
  }

  /** Whether the caches are filled; while they are not, nothing is found but the Canary. */
  void synced(boolean filled) {
    synced = filled;
  }

  /** Somebody else's write comes before the next one. */
  void conflict() {
    conflict = true;
  }

  void recover() {
    writesLeft = Integer.MAX_VALUE;
    refused = "";
  }

  @Override
  public World world() {
    return this;
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    KubeObject object = synced || ref.kind().equals(Names.CANARY) ? objects.get(ref) : null;
    return object == null ? null : trimmed(object);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return objects.values().stream()
        .filter(o -> o.apiVersion().equals(apiVersion) && o.kind().equals(kind))
        .filter(o -> namespace.isEmpty() || o.namespace().equals(namespace))
        .toList();
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return synced;
  }

  @Override
  public KubeObject writeStatus(KubeObject canary, CanaryStatus status) {
    request("status " + canary.name());
    KubeObject stored = current(canary);
    return store(stored.with(tree -> tree.set("status", status.toTree())));
  }

  @Override
  public void create(KubeObject object) {
    request("create " + object.kind() + " " + object.name());
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
    String base = desired.resourceVersion();
    if (!base.isEmpty() && !base.equals(observed.resourceVersion())) {
      throw new ConflictException("update " + desired.ref() + ": changed since it was observed");
    }
    request("update " + desired.kind() + " " + desired.name());
    current(observed);
    store(desired);
    return true;
  }

  @Override
  public void delete(ObjectRef ref) {
    request("delete " + ref.kind() + " " + ref.name());
    objects.remove(ref);
  }

  @Override
  public @Nullable KubeObject read(ObjectRef ref) {
    requests.add("read " + ref.kind() + " " + ref.name());
    return objects.get(ref);
  }

  @Override
  public void emit(Event event) {
    requests.add("event " + event.message());
    events.add(event);
  }

  private void request(String what) {
    if (writesLeft <= 0) {
      throw new Crash();
    }
    writesLeft--;
    requests.add(what);
    if (conflict) {
      conflict = false;
      throw new ConflictException(what + " came too late");
    }
    if (!refused.isEmpty() && what.contains(" " + refused + " ")) {
      throw new ClusterException(what + " was refused");
    }
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

  private static boolean same(KubeObject one, KubeObject other) {
    return bare(one).equals(bare(other));
  }

  private static ObjectNode bare(KubeObject object) {
    return object
        .with(
            tree -> {
              ObjectNode metadata = (ObjectNode) tree.get("metadata");
              metadata.remove(List.of("resourceVersion", "generation", "uid"));
            })
        .tree();
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
}
