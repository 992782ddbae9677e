package io.serin.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.serin.api.KubeObject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes as the gateway serves them. A generation is accepted in the route's status once it is
 * served.
 */
final class RouteTable implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);
  private static final String CONTROLLER = "serin.dev/demo-gateway";

  private final KubernetesClient client;
  private final ResourceDefinitionContext kind;
  private final InstantSource clock;
  private final Map<String, List<RouteRule>> routes = new ConcurrentSkipListMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("gateway-status").factory());

  RouteTable(KubernetesClient client, ResourceDefinitionContext kind, InstantSource clock) {
    this.client = client;
    this.kind = kind;
    this.clock = clock;
  }

  /** All rules, those of a route in their order. */
  Stream<RouteRule> rules() {
    return routes.values().stream().flatMap(List::stream);
  }

  @Override
  public void onAdd(GenericKubernetesResource route) {
    serve(route);
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
    serve(after);
  }

  @Override
  public void onDelete(GenericKubernetesResource route, boolean finalStateUnknown) {
    routes.remove(key(route));
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void serve(GenericKubernetesResource resource) {
    KubeObject route = tree(resource);
    routes.put(key(resource), RouteRule.of(route));
    if (!accepted(route)) {
      try {
        writer.execute(() -> accept(route));
      } catch (RejectedExecutionException _) {
        // Closed while an event was under way.
      }
    }
  }

  private KubeObject tree(GenericKubernetesResource resource) {
    String json = client.getKubernetesSerialization().asJson(resource);
    return new KubeObject(JsonMapper.shared().readTree(json).asObject());
  }

  private void accept(KubeObject route) {
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    ArrayNode parents = patch.putObject("status").putArray("parents");
    route.list("spec", "parentRefs").forEach(ref -> parents.add(parent(ref, route.generation())));
    try {
      client
          .genericKubernetesResources(kind)
          .inNamespace(route.namespace())
          .withName(route.name())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("route", route.name()).setCause(e).log("Route not accepted");
    }
  }

  private ObjectNode parent(JsonNode ref, long generation) {
    ObjectNode parent = JsonMapper.shared().createObjectNode();
    parent.set("parentRef", ref);
    parent.put("controllerName", CONTROLLER);
    ArrayNode conditions = parent.putArray("conditions");
    conditions.add(condition("Accepted", generation));
    conditions.add(condition("ResolvedRefs", generation));
    return parent;
  }

  private ObjectNode condition(String type, long generation) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", type)
        .put("status", "True")
        .put("reason", type)
        .put("message", "Served by the demo's gateway")
        .put("observedGeneration", generation)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static boolean accepted(KubeObject route) {
    List<JsonNode> parents = route.list("status", "parents");
    return parents.size() == route.list("spec", "parentRefs").size()
        && parents.stream()
            .map(p -> p.path("conditions").path(0).path("observedGeneration").longValue(0))
            .allMatch(observed -> observed == route.generation());
  }

  private static String key(GenericKubernetesResource route) {
    return route.getMetadata().getNamespace() + "/" + route.getMetadata().getName();
  }
}
