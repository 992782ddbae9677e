package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.ServiceSpec;
import io.serin.api.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Istio: a <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">
 * VirtualService</a> named as the apex Service and a DestinationRule for each of the other two.
 */
final class IstioRouter implements Router {
  private static final String API_VERSION = "networking.istio.io/v1beta1";

  private final TrafficOptions options;

  IstioRouter(TrafficOptions options) {
    this.options = options;
  }

  @Override
  public Set<Capability> capabilities(Canary canary) {
    return IstioRules.isTcp(canary)
        ? EnumSet.of(Capability.WEIGHTS)
        : EnumSet.allOf(Capability.class);
  }

  @Override
  public List<String> problems(Canary canary, World world) {
    List<String> problems = new ArrayList<>();
    ServiceSpec service = canary.spec().service();
    if (service.delegation() && !(service.hosts().isEmpty() && service.gateways().isEmpty())) {
      problems.add(
          "spec.service.delegation is true beside hosts or gateways; remove these, the delegating"
              + " VirtualService has them");
    }
    if (!IstioRules.isTcp(canary)) {
      problems.addAll(IstioMatches.problems(canary));
    }
    return List.copyOf(problems);
  }

  @Override
  public List<ObjectRef> objects(Canary canary) {
    return List.of(
        destinationRule(canary, canary.canaryServiceName()),
        destinationRule(canary, canary.primaryServiceName()),
        virtualService(canary));
  }

  @Override
  public Observed observe(Canary canary, World world) {
    ObjectRef ref = virtualService(canary);
    KubeObject observed = world.get(ref);
    if (observed == null) {
      return new Observed.Absent(ref + " does not exist yet");
    }
    return rules(canary).read(observed.at("spec", protocol(canary)), ref.toString());
  }

  @Override
  public List<KubeObject> desired(Canary canary, Split split, World world) {
    ObjectRef ref = virtualService(canary);
    KubeObject observed = world.get(ref);
    if (!problems(canary, world).isEmpty()) {
      return Unconvertible.desired(split, observed, route -> withdrawn(canary, route));
    }
    KubeObject start = Custody.begin(observed, ref, canary, options.ownerReferences());
    return List.of(
        destinationRule(canary, canary.canaryServiceName(), world),
        destinationRule(canary, canary.primaryServiceName(), world),
        start.with(tree -> write(tree, start, canary, split)));
  }

  @Override
  public List<KubeObject> released(Canary canary, World world) {
    KubeObject observed = world.get(virtualService(canary));
    return observed == null ? List.of() : Custody.released(canary, observed);
  }

  private void write(ObjectNode tree, KubeObject before, Canary canary, Split split) {
    boolean ours = rules(canary).isIn(before.at("spec", protocol(canary)));
    Custody.keepOriginal(tree, before, canary, ours);
    Custody.apexMetadata(canary).apply(tree);
    ObjectNode wanted = Json.object();
    ServiceSpec service = canary.spec().service();
    wanted.set("hosts", Json.textsOrNull(service.delegation() ? List.of() : hosts(canary)));
    wanted.set("gateways", Json.textsOrNull(service.delegation() ? List.of() : gateways(service)));
    wanted.putNull("http").putNull("tcp");
    wanted.set(protocol(canary), Json.array(rules(before, canary, split)));
    tree.set("spec", Overlay.shallow(before.at("spec"), wanted));
  }

  private static List<JsonNode> rules(KubeObject before, Canary canary, Split split) {
    IstioRules rules = new IstioRules(canary, split);
    return rules(canary)
        .onto(
            before.at("spec", protocol(canary)),
            IstioRules.isTcp(canary) ? rules.tcp() : rules.http(),
            Overlay::shallow);
  }

  private static KubeObject withdrawn(Canary canary, KubeObject observed) {
    return observed.with(
        tree -> {
          JsonNode rules = tree.path("spec").path(protocol(canary));
          rules(canary).withdraw(rules);
          for (JsonNode rule : rules) {
            if (rule instanceof ObjectNode object && mirrors(rule, canary.canaryServiceName())) {
              object.remove(List.of("mirror", "mirrorPercentage"));
            }
          }
        });
  }

  private KubeObject destinationRule(Canary canary, String host, World world) {
    ObjectRef ref = destinationRule(canary, host);
    KubeObject start = Custody.begin(world.get(ref), ref, canary, options.ownerReferences());
    JsonNode policy = canary.spec().service().trafficPolicy();
    ObjectNode wanted = Json.object().put("host", host);
    wanted.set("trafficPolicy", policy == null ? Json.textOrNull("") : policy.deepCopy());
    return start.with(tree -> tree.set("spec", Overlay.shallow(start.at("spec"), wanted)));
  }

  private static List<String> hosts(Canary canary) {
    List<String> hosts = new ArrayList<>(canary.spec().service().hosts());
    if (!hosts.contains(canary.apexName()) && !hosts.contains("*")) {
      hosts.add(canary.apexName());
    }
    return hosts;
  }

  private static List<String> gateways(ServiceSpec service) {
    return service.gateways().isEmpty() ? List.of(IstioRules.MESH) : service.gateways();
  }

  private static String protocol(Canary canary) {
    return IstioRules.isTcp(canary) ? "tcp" : "http";
  }

  private static WeightedRules rules(Canary canary) {
    String service = canary.canaryServiceName();
    return WeightedRules.of(
        canary, "route", List.of("destination", "host"), 0, rule -> mirrors(rule, service));
  }

  private static boolean mirrors(JsonNode rule, String service) {
    return rule.path("mirror").path("host").stringValue("").equals(service);
  }

  private static ObjectRef virtualService(Canary canary) {
    return new ObjectRef(API_VERSION, "VirtualService", canary.namespace(), canary.apexName());
  }

  private static ObjectRef destinationRule(Canary canary, String host) {
    return new ObjectRef(API_VERSION, "DestinationRule", canary.namespace(), host);
  }
}
