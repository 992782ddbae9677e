package io.serin.rollout;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.cluster.FabricWorld;
import io.serin.demo.EmbeddedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An embedded API server and the controller's caches of it, which outlive the scenarios: to start
 * them costs more than to play one.
 */
final class EmbeddedServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(1);
  private static final String NAMESPACE = "test";
  private static final String EVENTS = "/api/v1/namespaces/" + NAMESPACE + "/events";

  private record Kind(String apiVersion, String name) {}

  /** The kinds that scenarios have objects of, and their plurals. */
  private static final Map<Kind, String> KINDS =
      Map.ofEntries(
          Map.entry(new Kind("flagger.app/v1beta1", "Canary"), "canaries"),
          Map.entry(new Kind("flagger.app/v1beta1", "MetricTemplate"), "metrictemplates"),
          Map.entry(new Kind("flagger.app/v1beta1", "AlertProvider"), "alertproviders"),
          Map.entry(new Kind("apps/v1", "Deployment"), "deployments"),
          Map.entry(new Kind("apps/v1", "ControllerRevision"), "controllerrevisions"),
          Map.entry(new Kind("v1", "Service"), "services"),
          Map.entry(new Kind("v1", "ConfigMap"), "configmaps"),
          Map.entry(new Kind("v1", "Secret"), "secrets"),
          Map.entry(
              new Kind("autoscaling/v2", "HorizontalPodAutoscaler"), "horizontalpodautoscalers"),
          Map.entry(new Kind("networking.k8s.io/v1", "Ingress"), "ingresses"),
          Map.entry(new Kind("gateway.networking.k8s.io/v1", "HTTPRoute"), "httproutes"),
          Map.entry(new Kind("gateway.networking.k8s.io/v1beta1", "HTTPRoute"), "httproutes"),
          Map.entry(new Kind("networking.istio.io/v1beta1", "VirtualService"), "virtualservices"),
          Map.entry(
              new Kind("networking.istio.io/v1beta1", "DestinationRule"), "destinationrules"));

  /** The kinds that the embedded cluster does not know by itself. */
  private static final List<Kind> MORE =
      List.of(
          new Kind("gateway.networking.k8s.io/v1beta1", "HTTPRoute"),
          new Kind("networking.istio.io/v1beta1", "VirtualService"),
          new Kind("networking.istio.io/v1beta1", "DestinationRule"));

  private final EmbeddedCluster cluster = EmbeddedCluster.start();
  private final FabricWorld world = new FabricWorld(cluster.client(), "");

  EmbeddedServer() {
    MORE.forEach(kind -> send("POST", definitions(), definition(kind)));
    until(
        "the caches are filled",
        () ->
            KINDS.keySet().stream().filter(k -> !world.synced(k.apiVersion, k.name)).count() == 0);
  }

  KubernetesClient client() {
    return cluster.client();
  }

  FabricWorld world() {
    return world;
  }

  /** As it is stored. */
  @Nullable KubeObject read(ObjectRef ref) {
    String answer = client().raw(path(ref));
    return answer == null ? null : parsed(answer);
  }

  /** Creates or replaces an object, and its status if that is a resource of its own. */
  void write(@Nullable KubeObject before, KubeObject object) {
    ObjectRef ref = object.ref();
    KubeObject after =
        before == null
            ? send("POST", path(new Kind(ref.apiVersion(), ref.kind())), object)
            : send("PUT", path(ref), object);
    if (object.has("status") && !after.at("status").equals(object.at("status"))) {
      KubeObject full = after.with(tree -> tree.set("status", object.at("status")));
      after = send("PUT", path(ref) + "/status", full);
    }
    KubeObject written = after;
    until("the cache knows " + ref, () -> version(world.get(ref)) >= version(written));
  }

  /** Deletes an object and waits until it is marked or gone. */
  void delete(ObjectRef ref) {
    client().raw(path(ref), "DELETE", null);
    until("the cache knows that " + ref + " is deleted", () -> isDeleted(world.get(ref)));
  }

  /** The messages of all events there are. */
  List<String> events() {
    return parsed(client().raw(EVENTS)).list("items").stream()
        .map(event -> event.path("message").stringValue(""))
        .toList();
  }

  /** Removes an object, whatever finalizers it has. */
  void remove(ObjectRef ref) {
    KubeObject object = read(ref);
    if (object == null) {
      return;
    }
    if (!object.finalizers().isEmpty()) {
      send("PUT", path(ref), object.with(EmbeddedServer::removeFinalizers));
    }
    if (!object.isDeleting()) {
      client().raw(path(ref), "DELETE", null);
    }
    until("the cache has forgotten " + ref, () -> world.get(ref) == null);
  }

  /** Removes all objects. */
  void wipe() {
    for (Kind kind : KINDS.keySet()) {
      world.list(kind.apiVersion, kind.name, NAMESPACE).forEach(object -> remove(object.ref()));
    }
    client().raw(EVENTS, "DELETE", null);
  }

  @Override
  public void close() {
    world.close();
    cluster.close();
  }

  private static void removeFinalizers(ObjectNode tree) {
    ((ObjectNode) tree.get("metadata")).remove("finalizers");
  }

  private KubeObject send(String method, String path, KubeObject object) {
    return parsed(client().raw(path, method, object.tree().toString()));
  }

  private static KubeObject parsed(String answer) {
    return new KubeObject(JsonMapper.shared().readTree(answer).asObject());
  }

  private static boolean isDeleted(@Nullable KubeObject object) {
    return object == null || object.isDeleting();
  }

  private static long version(@Nullable KubeObject object) {
    return object == null ? -1 : Long.parseLong(object.resourceVersion());
  }

  /** The only place that waits: for the watches. */
  private static void until(String what, Callable<Boolean> reached) {
    await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(PATIENCE)
        .until(reached);
  }

  private static String path(ObjectRef ref) {
    return path(new Kind(ref.apiVersion(), ref.kind())) + "/" + ref.name();
  }

  private static String path(Kind kind) {
    String root = kind.apiVersion.contains("/") ? "/apis/" : "/api/";
    return root + kind.apiVersion + "/namespaces/" + NAMESPACE + "/" + KINDS.get(kind);
  }

  private static String definitions() {
    return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  }

  private static KubeObject definition(Kind kind) {
    String group = kind.apiVersion.substring(0, kind.apiVersion.indexOf('/'));
    String version = kind.apiVersion.substring(kind.apiVersion.indexOf('/') + 1);
    return Scenario.yaml(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %1$s.%2$s.%3$s}
        spec:
          group: %2$s
          scope: Namespaced
          names: {plural: %1$s, kind: %4$s}
          versions:
          - {name: %3$s, served: true, storage: true, subresources: {status: {}}}
        """
            .formatted(KINDS.get(kind), group, version, kind.name));
  }
}
