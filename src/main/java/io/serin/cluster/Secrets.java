package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of Secrets that providers need for their credentials: read by a request when first
 * used, and again when the cache says that the Secret has changed.
 */
public final class Secrets {
  private final FabricWorld world;
  private final Cluster cluster;
  private final Map<ObjectRef, Known> known = new ConcurrentHashMap<>();

  private record Known(String resourceVersion, Map<String, String> data) {
    @Override
    public String toString() {
      return "Known[" + resourceVersion + ", " + data.keySet() + "]";
    }
  }

  public Secrets(FabricWorld world, Cluster cluster) {
    this.world = world;
    this.cluster = cluster;
  }

  /**
   * The decoded values by key, null when there is no such Secret.
   *
   * @throws ClusterException when it cannot be read
   */
  public @Nullable Map<String, String> data(String namespace, String name) {
    ObjectRef ref = new ObjectRef("v1", "Secret", namespace, name);
    boolean synced = world.synced("v1", "Secret");
    String version = world.resourceVersion(ref);
    Known last = known.get(ref);
    if (synced && last != null && !version.isEmpty() && last.resourceVersion.equals(version)) {
      return last.data;
    }
    KubeObject secret = cluster.read(ref);
    if (secret == null) {
      known.remove(ref);
      return null;
    }
    Known read = new Known(secret.resourceVersion(), decoded(secret));
    known.put(ref, read);
    return read.data;
  }

  private static Map<String, String> decoded(KubeObject secret) {
    Map<String, String> data = new TreeMap<>();
    secret
        .texts("data")
        .forEach(
            (key, value) ->
                data.put(
                    key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return Map.copyOf(data);
  }
}
