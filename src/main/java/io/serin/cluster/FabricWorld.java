package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** Kinds that policies live in. */
  private static final Set<String> AT_HOME = Set.of("ConfigMap", "ControllerRevision");

  private final KubernetesClient client;
  private final Kinds kinds;
  private final String namespace;
  private final String home;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Watched, KindWatch> watches = new ConcurrentHashMap<>();

  private record Watched(String apiVersion, String kind, String namespace) {}

  /**
   * @param client stays the caller's, and is to be closed after this
   * @param namespace what is watched; every namespace when empty
   */
  public FabricWorld(KubernetesClient client, String namespace) {
    this(client, namespace, namespace);
  }

  /**
   * @param client stays the caller's, and is to be closed after this
   * @param namespace what is watched; every namespace when empty
   * @param home namespace whose ConfigMaps and ControllerRevisions are watched in any case
   */
  public FabricWorld(KubernetesClient client, String namespace, String home) {
    this(client, new Kinds(client), namespace, home);
  }

  FabricWorld(KubernetesClient client, Kinds kinds, String namespace, String home) {
    this.client = client;
    this.kinds = kinds;
    this.namespace = namespace;
    this.home = home;
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
    KindCache cache = watch(ref).cache();
    return cache == null ? null : cache.find(ref.namespace(), ref.name());
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return watches(apiVersion, kind).stream()
        .map(KindWatch::cache)
        .filter(Objects::nonNull)
        .flatMap(cache -> cache.list(namespace).stream())
        .toList();
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return watches(apiVersion, kind).stream().allMatch(KindWatch::synced);
  }

  @Override
  public boolean absent(String apiVersion, String kind) {
    return watches(apiVersion, kind).stream().allMatch(KindWatch::absent);
  }

  /** Whether changes of a kind are told right now; false while a lost connection is mended. */
  public boolean watching(String apiVersion, String kind) {
    return watches(apiVersion, kind).stream().allMatch(KindWatch::watching);
  }

  /** The resource version of an object, empty when the cache has none. */
  String resourceVersion(ObjectRef ref) {
    KindCache cache = watch(ref).cache();
    return cache == null ? "" : cache.resourceVersion(ref.namespace(), ref.name());
  }

  /** Makes an own write visible at once. */
  void wrote(ObjectRef ref, Stored stored) {
    KindCache cache = cache(ref);
    if (cache != null) {
      cache.wrote(stored);
    }
  }

  /** Makes an own deletion visible at once. */
  void deleted(ObjectRef ref) {
    KindCache cache = cache(ref);
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

  private KindWatch watch(ObjectRef ref) {
    return watch(watched(ref));
  }

  private List<KindWatch> watches(String apiVersion, String kind) {
    KindWatch usual = watch(new Watched(apiVersion, kind, namespace));
    return reachesHome(kind)
        ? List.of(usual, watch(new Watched(apiVersion, kind, home)))
        : List.of(usual);
  }

  private KindWatch watch(Watched watched) {
    KindWatch known = watches.get(watched);
    return known != null ? known : watches.computeIfAbsent(watched, this::start);
  }

  private KindWatch start(Watched watched) {
    KindWatch watch =
        new KindWatch(
            client, kinds, watched.namespace, watched.apiVersion, watched.kind, this::tell);
    watch.start();
    return watch;
  }

  // A write does not make a kind watched.
  private @Nullable KindCache cache(ObjectRef ref) {
    KindWatch watch = watches.get(watched(ref));
    return watch == null ? null : watch.cache();
  }

  private Watched watched(ObjectRef ref) {
    boolean atHome = ref.namespace().equals(home) && reachesHome(ref.kind());
    return new Watched(ref.apiVersion(), ref.kind(), atHome ? home : namespace);
  }

  private boolean reachesHome(String kind) {
    return !namespace.isEmpty() && !namespace.equals(home) && AT_HOME.contains(kind);
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
