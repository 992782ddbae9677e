package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.cluster.Cluster;
import io.serin.cluster.ClusterException;
import io.serin.cluster.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cluster that a scenario is played on, with what the users of a cluster do to it. It lists the
 * controller's requests and can be told to fail the next writes. Its caches know every write, the
 * users' too, when the method that made it returns.
 */
abstract class ScenarioCluster implements Cluster, World {

  /** How clusters come to be, where that is not {@link FakeCluster}. */
  static final ScopedValue<Supplier<ScenarioCluster>> ORIGIN = ScopedValue.newInstance();

  private final List<String> requests = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private int writesLeft = Integer.MAX_VALUE;
  private String refused = "";
  private boolean conflict;
  private boolean synced = true;

  /** Thrown instead of the write at which the process is supposed to die. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** An empty one. */
  static ScenarioCluster open() {
    Supplier<ScenarioCluster> origin = ORIGIN.orElse(FakeCluster::new);
    return origin.get();
  }

  /** A user creates or replaces an object. */
  abstract void put(KubeObject object);

  /** A user changes an object that has to be there; its status as well. */
  abstract void edit(ObjectRef ref, Consumer<ObjectNode> edit);

  /** An object is no more, whatever finalizers it had; one that never was is fine. */
  abstract void remove(ObjectRef ref);

  /** A user deletes an object, which stays for as long as it has a finalizer. */
  abstract void askToDelete(ObjectRef ref);

  /** The object with everything that the caches leave out. */
  abstract @Nullable KubeObject find(ObjectRef ref);

  abstract @Nullable KubeObject cached(ObjectRef ref);

  abstract boolean isCached(String apiVersion, String kind);

  /** The port that the controller's writes go to. */
  abstract Cluster port();

  /** Somebody else changes an object in a way that means nothing. */
  abstract void touch(ObjectRef ref);

  /** An object that has to be there, with everything that the caches leave out. */
  final KubeObject stored(ObjectRef ref) {
    KubeObject object = find(ref);
    if (object == null) {
      throw new AssertionError("no " + ref);
    }
    return object;
  }

  final List<String> requests() {
    return requests;
  }

  final List<Event> events() {
    return events;
  }

  /** The process dies at the write after so many more. */
  final void crashAfter(int writes) {
    writesLeft = writes;
  }

  /** The API server refuses every write of an object of this kind until {@link #recover}. */
  final void refuse(String kind) {
    refused = kind;
  }

  /** Whether the caches are filled; while they are not, nothing is found but the Canary. */
  final void synced(boolean filled) {
    synced = filled;
  }

  /** Somebody else's write comes before the next one. */
  final void conflict() {
    conflict = true;
  }

  final void recover() {
    writesLeft = Integer.MAX_VALUE;
    refused = "";
  }

  @Override
  public final World world() {
    return this;
  }

  @Override
  public final @Nullable KubeObject get(ObjectRef ref) {
    return synced || ref.kind().equals(Names.CANARY) ? cached(ref) : null;
  }

  @Override
  public final boolean synced(String apiVersion, String kind) {
    return synced && isCached(apiVersion, kind);
  }

  @Override
  public final KubeObject writeStatus(KubeObject canary, CanaryStatus status) {
    request("status " + canary.name(), canary.ref());
    return port().writeStatus(canary, status);
  }

  @Override
  public final void create(KubeObject object) {
    request("create " + object.kind() + " " + object.name(), object.ref());
    port().create(object);
  }

  @Override
  public final boolean update(KubeObject observed, KubeObject desired) {
    if (same(observed, desired) || isStale(observed, desired)) {
      return port().update(observed, desired);
    }
    request("update " + desired.kind() + " " + desired.name(), desired.ref());
    return port().update(observed, desired);
  }

  @Override
  public final void delete(ObjectRef ref) {
    request("delete " + ref.kind() + " " + ref.name(), ref);
    port().delete(ref);
  }

  @Override
  public final @Nullable KubeObject read(ObjectRef ref) {
    requests.add("read " + ref.kind() + " " + ref.name());
    return port().read(ref);
  }

  @Override
  public final void emit(Event event) {
    requests.add("event " + event.message());
    events.add(event);
    port().emit(event);
  }

  private void request(String what, ObjectRef ref) {
    if (writesLeft <= 0) {
      throw new Crash();
    }
    writesLeft--;
    requests.add(what);
    if (conflict) {
      conflict = false;
      touch(ref);
    }
    if (!refused.isEmpty() && what.contains(" " + refused + " ")) {
      throw new ClusterException(what + " was refused");
    }
  }

  /** Whether what is desired was derived from another state than the observed one. */
  static boolean isStale(KubeObject observed, KubeObject desired) {
    String base = desired.resourceVersion();
    return !base.isEmpty() && !base.equals(observed.resourceVersion());
  }

  static boolean same(KubeObject one, KubeObject other) {
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
}
