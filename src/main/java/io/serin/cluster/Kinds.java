package io.serin.cluster;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows where the API server serves a kind: for what every cluster has, from a table; for the rest
 * by discovery, one request for each group and version. What is absent is asked for again each
 * time.
 */
final class Kinds {
  private static final Map<Key, ApiResource> BUILT_IN =
      Stream.of(
              builtIn("v1", "ConfigMap", "configmaps"),
              builtIn("v1", "Secret", "secrets"),
              builtIn("v1", "Service", "services"),
              builtIn("v1", "Event", "events"),
              builtIn("apps/v1", "Deployment", "deployments"),
              builtIn("apps/v1", "DaemonSet", "daemonsets"),
              builtIn("apps/v1", "StatefulSet", "statefulsets"),
              builtIn("apps/v1", "ControllerRevision", "controllerrevisions"),
              builtIn("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
              builtIn("networking.k8s.io/v1", "Ingress", "ingresses"))
          .collect(toUnmodifiableMap(Key::of, resource -> resource));

  private final Client client;
  private final Map<Key, ApiResource> discovered = new ConcurrentHashMap<>();

  private record Key(String apiVersion, String kind) {
    static Key of(ApiResource resource) {
      return new Key(resource.apiVersion(), resource.kind());
    }
  }

  Kinds(Client client) {
    this.client = client;
  }

  /**
   * Where a kind is served, null when the API server has no such kind.
   *
   * @throws ClusterException when the API server cannot be asked
   */
  @Nullable ApiResource find(String apiVersion, String kind) {
    Key key = new Key(apiVersion, kind);
    ApiResource known = BUILT_IN.getOrDefault(key, discovered.get(key));
    return known != null ? known : discover(key);
  }

  /** Forgets what discovery said, so that the next look asks again. */
  void forget(ApiResource resource) {
    discovered.remove(Key.of(resource));
  }

  // One at a time: the kinds of a group are asked for together, and one answer serves them all.
  private synchronized @Nullable ApiResource discover(Key key) {
    ApiResource known = discovered.get(key);
    if (known == null) {
      resources(key.apiVersion()).stream()
          .filter(resource -> !resource.getName().contains("/"))
          .map(resource -> found(key.apiVersion(), resource))
          .forEach(resource -> discovered.put(Key.of(resource), resource));
      known = discovered.get(key);
    }
    return known;
  }

  private List<APIResource> resources(String apiVersion) {
    try {
      APIResourceList list = client.getApiResources(apiVersion);
      return list == null ? List.of() : list.getResources();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw new ClusterException("discover " + apiVersion + ": " + OneLine.of(e), e);
    }
  }

  private static ApiResource found(String apiVersion, APIResource resource) {
    return new ApiResource(
        apiVersion,
        resource.getKind(),
        resource.getName(),
        Boolean.TRUE.equals(resource.getNamespaced()));
  }

  private static ApiResource builtIn(String apiVersion, String kind, String plural) {
    return new ApiResource(apiVersion, kind, plural, true);
  }
}
