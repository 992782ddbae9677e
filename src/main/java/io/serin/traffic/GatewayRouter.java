package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.GatewayRef;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.ServiceSpec;
import io.serin.api.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Gateway API's <a href="https://gateway-api.sigs.k8s.io/reference/spec/#httproute">HTTPRoute
 * </a>, named as the apex Service.
 */
final class GatewayRouter implements Router {
  private static final String GROUP = "gateway.networking.k8s.io/";

  private final String apiVersion;
  private final boolean full;
  private final TrafficOptions options;

  /**
   * @param full whether timeouts, CORS and the parents' acceptance count, which is where v1 differs
   */
  private GatewayRouter(String version, boolean full, TrafficOptions options) {
    this.apiVersion = GROUP + version;
    this.full = full;
    this.options = options;
  }

  static GatewayRouter v1(TrafficOptions options) {
    return new GatewayRouter("v1", true, options);
  }

  static GatewayRouter v1beta1(TrafficOptions options) {
    return new GatewayRouter("v1beta1", false, options);
  }

  @Override
  public Set<Capability> capabilities(Canary canary) {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public List<String> problems(Canary canary, World world) {
    return HttpRouteProblems.find(canary, full);
  }

  @Override
  public List<ObjectRef> objects(Canary canary) {
    return List.of(ref(canary));
  }

  @Override
  public Observed observe(Canary canary, World world) {
    KubeObject route = world.get(ref(canary));
    if (route == null) {
      return new Observed.Absent(ref(canary) + " does not exist yet");
    }
    Observed read = rules(canary).read(route.at("spec", "rules"), route.ref().toString());
    return switch (read) {
      case Observed.Routed routed when full -> accepted(route, routed);
      case Observed.Routed _, Observed.Pending _, Observed.Absent _, Observed.Malformed _ -> read;
    };
  }

  private static Observed accepted(KubeObject route, Observed.Routed routed) {
    Optional<String> missing = HttpRouteAcceptance.missing(route);
    return missing.isPresent() ? new Observed.Pending(routed.split(), missing.get()) : routed;
  }

  @Override
  public List<KubeObject> desired(Canary canary, Split split, World world) {
    KubeObject observed = world.get(ref(canary));
    if (!problems(canary, world).isEmpty()) {
      return Unconvertible.desired(split, observed, route -> withdrawn(canary, route));
    }
    KubeObject start = Custody.begin(observed, ref(canary), canary, options.ownerReferences());
    return List.of(start.with(tree -> write(tree, start, canary, split)));
  }

  @Override
  public List<KubeObject> released(Canary canary, World world) {
    KubeObject route = world.get(ref(canary));
    return route == null ? List.of() : Custody.released(canary, route);
  }

  private void write(ObjectNode tree, KubeObject before, Canary canary, Split split) {
    Custody.keepOriginal(tree, before, canary, isOurs(canary, before));
    Custody.apexMetadata(canary).apply(tree);
    ServiceSpec service = canary.spec().service();
    ObjectNode wanted = Json.object();
    wanted.set("parentRefs", parents(service));
    wanted.set("hostnames", Json.textsOrNull(service.hosts()));
    JsonNode spec = Overlay.deep(before.at("spec"), wanted);
    tree.set("spec", spec);
    List<JsonNode> rules =
        rules(canary)
            .onto(
                before.at("spec", "rules"),
                new HttpRules(canary, split, full).toTrees(),
                Overlay::deep);
    Json.child(tree, "spec").set("rules", Json.array(rules));
  }

  private KubeObject withdrawn(Canary canary, KubeObject observed) {
    return observed.with(
        tree -> {
          JsonNode rules = tree.path("spec").path("rules");
          rules(canary).withdraw(rules);
          rules.forEach(rule -> unmirror(rule, canary));
        });
  }

  private static void unmirror(JsonNode rule, Canary canary) {
    if (rule instanceof ObjectNode object && object.get("filters") instanceof ArrayNode filters) {
      filters.removeIf(filter -> HttpFilters.isMirrorTo(canary.canaryServiceName(), filter));
      if (filters.isEmpty()) {
        object.remove("filters");
      }
    }
  }

  private boolean isOurs(Canary canary, KubeObject route) {
    return rules(canary).isIn(route.at("spec", "rules"));
  }

  private static ArrayNode parents(ServiceSpec service) {
    return Json.array(service.gatewayRefs().stream().map(GatewayRouter::parent).toList());
  }

  private static ObjectNode parent(GatewayRef ref) {
    ObjectNode parent = Json.object().put("group", ref.group()).put("kind", ref.kind());
    parent.set("namespace", Json.textOrNull(ref.namespace()));
    parent.put("name", ref.name());
    parent.set("sectionName", Json.textOrNull(ref.sectionName()));
    parent.set("port", Json.numberOrNull(ref.port()));
    return parent;
  }

  /** A backend without a weight has 1, as the API server would fill in. */
  private static WeightedRules rules(Canary canary) {
    String service = canary.canaryServiceName();
    return WeightedRules.of(
        canary, "backendRefs", List.of("name"), 1, rule -> mirrors(rule, service));
  }

  private static boolean mirrors(JsonNode rule, String service) {
    for (JsonNode filter : rule.path("filters")) {
      if (HttpFilters.isMirrorTo(service, filter)) {
        return true;
      }
    }
    return false;
  }

  private ObjectRef ref(Canary canary) {
    return new ObjectRef(apiVersion, "HTTPRoute", canary.namespace(), canary.apexName());
  }
}
