package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches fed by watches, one for each kind that was ever asked for. They heal by themselves: a lost
 * connection, a restarted API server, a forgotten history, a kind that comes later.
 */
public final class FabricWorld implements World, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FabricWorld.class);

  private final KubernetesClient client;
  private final Kinds kinds;
  private final String namespace;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Kind, KindWatch> watches = new ConcurrentHashMap<>();

  private record Kind(String apiVersion, String name) {}

  /**
   * @param client stays the caller's, and is to be closed after this
   * @param namespace what is watched; every namespace when empty
   */
  public FabricWorld(KubernetesClient client, String namespace) {
    this(client, new Kinds(client), namespace);
  }

  FabricWorld(KubernetesClient client, Kinds kinds, String namespace) {
    this.client = client;
    this.kinds = kinds;
    this.namespace = namespace;
  }

  /**
   * Calls back for every change that a watch tells, own writes included, in the order of each kind.
   * The callback runs on a watch's thread: it must return quickly and not block.
   */
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    KindCache cache = watch(ref.apiVersion(), ref.kind()).cache();
    return cache == null ? null : cache.find(ref.namespace(), ref.name());
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    KindCache cache = watch(apiVersion, kind).cache();
    return cache == null ? List.of() : cache.list(namespace);
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return watch(apiVersion, kind).synced();
  }

  @Override
  public boolean absent(String apiVersion, String kind) {
    return watch(apiVersion, kind).absent();
  }

  /** Whether changes of a kind are told right now; false while a lost connection is mended. */
  public boolean watching(String apiVersion, String kind) {
    return watch(apiVersion, kind).watching();
  }

  /** The resource version of an object, empty when the cache has none. */
  String resourceVersion(ObjectRef ref) {
    KindCache cache = watch(ref.apiVersion(), ref.kind()).cache();
    return cache == null ? "" : cache.resourceVersion(ref.namespace(), ref.name());
  }

  /** Makes an own write visible at once. */
  void wrote(ApiResource kind, Stored stored) {
    KindCache cache = watched(kind.apiVersion(), kind.kind());
    if (cache != null) {
      cache.wrote(stored);
    }
  }

  /** Makes an own deletion visible at once. */
  void deleted(ObjectRef ref) {
    KindCache cache = watched(ref.apiVersion(), ref.kind());
    if (cache != null) {
      cache.deleted(ref.namespace(), ref.name());
    }
  }

  Kinds kinds() {
    return kinds;
  }

  @Override
  public void close() {
    watches.values().forEach(KindWatch::close);
  }

  private KindWatch watch(String apiVersion, String kind) {
    Kind key = new Kind(apiVersion, kind);
    KindWatch known = watches.get(key);
    return known != null ? known : watches.computeIfAbsent(key, this::start);
  }

  private KindWatch start(Kind kind) {
    KindWatch watch =
        new KindWatch(client, kinds, namespace, kind.apiVersion, kind.name, this::tell);
    watch.start();
    return watch;
  }

  // A write does not make a kind watched.
  private @Nullable KindCache watched(String apiVersion, String kind) {
    KindWatch watch = watches.get(new Kind(apiVersion, kind));
    return watch == null ? null : watch.cache();
  }

  private void tell(Change change) {
    for (Consumer<Change> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        // The informer would take it for a broken watch.
        LOG.atError()
            .addKeyValue("change", change)
            .setCause(e)
            .log("A listener failed on a change");
      }
    }
  }
}
