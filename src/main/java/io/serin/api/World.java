package io.serin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster as the caches know it. Reading it costs nothing and asks nobody. */
public interface World {

  /** The object, or null when the cache has none. */
  @Nullable KubeObject get(ObjectRef ref);

  /** All objects of a kind in a namespace; in every namespace when that is empty. */
  List<KubeObject> list(String apiVersion, String kind, String namespace);

  /**
   * Whether the cache of a kind is filled, so that an absent object is really absent. Asking for an
   * unknown kind makes the cluster start to watch it.
   */
  boolean synced(String apiVersion, String kind);

  /**
   * Whether the cluster is known not to have such a kind, as when its definition is not installed.
   */
  default boolean absent(String apiVersion, String kind) {
    return false;
  }
}
