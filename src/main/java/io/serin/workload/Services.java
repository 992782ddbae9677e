package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.CustomMetadata;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.ServiceSpec;
import io.serin.api.World;
import io.serin.fact.Workload.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three Services of a Canary: one for each copy's pods and the apex that clients use. Each is
 * derived from the observed one, so that cluster IPs, node ports, the type and whatever others put
 * there survive. A Service that was there before the Canary is taken over without becoming owned:
 * it keeps its labels, annotations and owner.
 *
 * @param selector the label that tells the copies' pods apart
 * @param ports ports beside the Service's own
 */
public record Services(Canary canary, Selector selector, List<DiscoveredPort> ports) {
  private static final String KIND = "Service";

  public Services {
    ports = List.copyOf(ports);
  }

  /** The Services for this target; empty when its kind needs none or has no selector label. */
  public static Optional<Services> of(Canary canary, Target kind, KubeObject target) {
    return kind.selector(target)
        .map(selector -> new Services(canary, selector, kind.ports(canary, target)));
  }

  public static ObjectRef apexRef(Canary canary) {
    return ref(canary, canary.apexName());
  }

  public static ObjectRef primaryRef(Canary canary) {
    return ref(canary, canary.primaryServiceName());
  }

  public static ObjectRef canaryRef(Canary canary) {
    return ref(canary, canary.canaryServiceName());
  }

  private static ObjectRef ref(Canary canary, String name) {
    return new ObjectRef("v1", KIND, canary.namespace(), name);
  }

  /**
   * All three in the order in which they are to be written, the apex last.
   *
   * @param apexSelects the copy whose pods the apex leads to: the target until the first primary
   *     serves, the primary from then on
   */
  public List<KubeObject> desired(World world, Role apexSelects) {
    return List.of(
        canary(world.get(canaryRef(canary))),
        primary(world.get(primaryRef(canary))),
        apex(world.get(apexRef(canary)), apexSelects));
  }

  /** The Service of the target's pods. */
  public KubeObject canary(@Nullable KubeObject observed) {
    return service(canaryRef(canary), spec().canary(), selector.value(), observed);
  }

  /** The Service of the primary's pods. */
  public KubeObject primary(@Nullable KubeObject observed) {
    return service(primaryRef(canary), spec().primary(), selector.primaryValue(), observed);
  }

  /** The Service that clients use. */
  public KubeObject apex(@Nullable KubeObject observed, Role selects) {
    String value = selects == Role.PRIMARY ? selector.primaryValue() : selector.value();
    return service(apexRef(canary), spec().apex(), value, observed);
  }

  /**
   * The apex as it should be once the Canary is gone: leading to the target, and Flux's again.
   * Empty when it is gone already, or owned by a Canary and therefore goes with that.
   */
  public static Optional<KubeObject> releasedApex(
      Canary canary, @Nullable Selector selector, World world) {
    KubeObject apex = world.get(apexRef(canary));
    return Optional.ofNullable(apex)
        .filter(service -> !CanaryOwner.isOwned(service))
        .map(service -> ReleasedService.of(service, selector));
  }

  private ServiceSpec spec() {
    return canary.spec().service();
  }

  private KubeObject service(
      ObjectRef ref, @Nullable CustomMetadata custom, String value, @Nullable KubeObject observed) {
    var metadata = new ServiceMetadata(custom, selector.label(), ref.name(), spec());
    KubeObject start = observed == null ? created(ref) : observed;
    boolean owned = CanaryOwner.owns(canary, start);
    return start.with(
        tree -> {
          metadata.apply(start, Trees.object(tree, "metadata"), owned);
          ObjectNode serviceSpec = Trees.object(tree, "spec");
          if (owned && !spec().trafficDistribution().isEmpty()) {
            serviceSpec.put("trafficDistribution", spec().trafficDistribution());
          }
          if (!owned) {
            ReleasedService.remember(start, selector, Trees.object(tree, "metadata"));
          }
          serviceSpec.putObject("selector").put(selector.label(), value);
          ServicePorts.apply(spec(), ports, serviceSpec);
        });
  }

  private KubeObject created(ObjectRef ref) {
    return KubeObject.of(ref)
        .with(
            tree -> {
              CanaryOwner.own(Trees.object(tree, "metadata"), canary);
              ObjectNode serviceSpec = tree.putObject("spec").put("type", "ClusterIP");
              if (spec().headless()) {
                serviceSpec.put("clusterIP", "None");
              }
            });
  }
}
