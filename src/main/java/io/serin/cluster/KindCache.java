package io.serin.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind: what the informer brought, trimmed, and over it what was written here
 * and has not come back yet. The informer sees of an object only its name and resource version.
 */
final class KindCache implements ItemStore<GenericKubernetesResource> {
  private final ApiResource kind;
  private final Consumer<Change> listener;
  private final LongSupplier delivered;
  private final NavigableMap<String, Stored> items = new ConcurrentSkipListMap<>();
  private final Map<String, Written> written = new ConcurrentHashMap<>();

  /** An own write that the watch has not confirmed. */
  private sealed interface Written {}

  private record Put(Stored stored) implements Written {}

  private record Deleted(Stored last) implements Written {}

  /**
   * @param delivered the resource version up to which the informer has seen everything
   */
  KindCache(ApiResource kind, Consumer<Change> listener, LongSupplier delivered) {
    this.kind = kind;
    this.listener = listener;
    this.delivered = delivered;
  }

  @Nullable KubeObject find(String namespace, String name) {
    Stored stored = current(key(namespace, name));
    return stored == null ? null : stored.object();
  }

  /** The resource version of an object, empty when there is none. */
  String resourceVersion(String namespace, String name) {
    Stored stored = current(key(namespace, name));
    return stored == null ? "" : stored.resourceVersion();
  }

  /** All objects by name, of every namespace when {@code namespace} is empty. */
  List<KubeObject> list(String namespace) {
    // '0' follows '/': the keys between are those of the namespace.
    NavigableMap<String, Stored> range =
        namespace.isEmpty() ? items : items.subMap(namespace + "/", true, namespace + "0", false);
    // The own writes first: what the watch brings meanwhile moves from there to the items.
    NavigableSet<String> keys = new TreeSet<>(writtenHere(namespace));
    keys.addAll(range.keySet());
    List<KubeObject> objects = new ArrayList<>(keys.size());
    for (String key : keys) {
      Stored stored = current(key);
      if (stored != null) {
        objects.add(stored.object());
      }
    }
    return objects;
  }

  /** Makes an own write visible until the informer brings it, or something newer. */
  void wrote(Stored stored) {
    KubeObject object = stored.object();
    String key = key(object.namespace(), object.name());
    if (!isDelivered(key, stored)) {
      written.put(key, new Put(stored));
    }
  }

  /** Hides an object that was deleted here, until the informer says so or brings another one. */
  void deleted(String namespace, String name) {
    String key = key(namespace, name);
    Stored last = items.get(key);
    if (last == null) {
      written.remove(key);
    } else {
      written.put(key, new Deleted(last));
    }
  }

  /** Tells that all objects are gone, because the kind itself is. */
  void clear() {
    written.clear();
    List.copyOf(items.keySet()).forEach(this::remove);
  }

  @Override
  public String getKey(GenericKubernetesResource resource) {
    String namespace = resource.getMetadata().getNamespace();
    return key(namespace == null ? "" : namespace, resource.getMetadata().getName());
  }

  @Override
  public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
    Stored before = items.get(key);
    String version = resource.getMetadata().getResourceVersion();
    if (before == null || !before.resourceVersion().equals(version)) {
      Stored after = Trimmer.trim(kind, resource);
      items.put(key, after);
      listener.accept(new Change(ref(key), before, after, confirms(key, after)));
    }
    return before == null ? null : handle(key, before);
  }

  @Override
  public @Nullable GenericKubernetesResource remove(String key) {
    Stored before = items.remove(key);
    if (before == null) {
      return null;
    }
    Written own = written.remove(key);
    listener.accept(new Change(ref(key), before, null, own instanceof Deleted));
    return handle(key, before);
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return items.entrySet().stream().map(item -> handle(item.getKey(), item.getValue()));
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public @Nullable GenericKubernetesResource get(String key) {
    Stored stored = items.get(key);
    return stored == null ? null : handle(key, stored);
  }

  private @Nullable Stored current(String key) {
    Written own = written.get(key);
    if (own != null) {
      switch (own) {
        case Put(Stored stored) when !isDelivered(key, stored) -> {
          return stored;
        }
        case Deleted(Stored last) when items.get(key) == last -> {
          return null;
        }
        case Put _, Deleted _ -> written.remove(key, own);
      }
    }
    return items.get(key);
  }

  /** Forgets an own write that this is, or is newer than; says whether it is that very write. */
  private boolean confirms(String key, Stored arrived) {
    if (written.get(key) instanceof Put own && isDelivered(key, own.stored)) {
      written.remove(key, own);
      return own.stored.resourceVersion().equals(arrived.resourceVersion());
    }
    return false;
  }

  private boolean isDelivered(String key, Stored own) {
    Stored item = items.get(key);
    return (item != null && item.version() >= own.version())
        || delivered.getAsLong() >= own.version();
  }

  private List<String> writtenHere(String namespace) {
    return written.keySet().stream()
        .filter(key -> namespace.isEmpty() || key.startsWith(namespace + "/"))
        .toList();
  }

  private GenericKubernetesResource handle(String key, Stored stored) {
    ObjectRef ref = ref(key);
    GenericKubernetesResource handle = new GenericKubernetesResource();
    handle.setApiVersion(kind.apiVersion());
    handle.setKind(kind.kind());
    handle.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(ref.namespace().isEmpty() ? null : ref.namespace())
            .withName(ref.name())
            .withResourceVersion(stored.resourceVersion())
            .build());
    return handle;
  }

  private ObjectRef ref(String key) {
    int slash = key.indexOf('/');
    return new ObjectRef(
        kind.apiVersion(), kind.kind(), key.substring(0, slash), key.substring(slash + 1));
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
