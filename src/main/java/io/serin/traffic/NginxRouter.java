package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.LocalRef;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Strategy;
import io.serin.api.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * ingress-nginx: beside the user's Ingress, which is never changed, a second one for the canary
 * whose annotations say who goes there.
 */
final class NginxRouter implements Router {
  private static final String API_VERSION = "networking.k8s.io/v1";
  private static final String CANARY = "canary";
  private static final String WEIGHT = "canary-weight";

  /** Would make the weight a share of something else than 100. */
  private static final String WEIGHT_TOTAL = "canary-weight-total";

  private final String prefix;

  NginxRouter(TrafficOptions options) {
    this.prefix = options.ingressAnnotationsPrefix() + "/";
  }

  @Override
  public Set<Capability> capabilities(Canary canary) {
    return Set.of(Capability.WEIGHTS, Capability.AB_TESTING);
  }

  @Override
  public List<String> problems(Canary canary, World world) {
    LocalRef ingress = canary.spec().ingressRef();
    if (ingress == null || ingress.name().isEmpty()) {
      return List.of("spec.ingressRef.name is missing; write the Ingress of the application");
    }
    List<String> problems = new ArrayList<>();
    if (world.synced(API_VERSION, "Ingress")) {
      source(canary, world.get(source(canary)), problems);
    }
    if (isAbTest(canary)) {
      problems.addAll(new NginxAudience(canary).problems());
    } else if (!canary.analysis().match().isEmpty()) {
      problems.add(
          "spec.analysis.match is given without iterations, NGINX cannot weigh an audience; write"
              + " iterations or remove match");
    }
    return List.copyOf(problems);
  }

  private static void source(Canary canary, @Nullable KubeObject source, List<String> problems) {
    ObjectRef ref = source(canary);
    if (source == null) {
      problems.add("%s does not exist; create it or correct spec.ingressRef".formatted(ref));
    } else if (!NginxIngress.leadsTo(canary.apexName(), source)) {
      problems.add(
          "%s has no path to Service %s; add one or correct spec.ingressRef"
              .formatted(ref, canary.apexName()));
    }
  }

  @Override
  public List<ObjectRef> objects(Canary canary) {
    return List.of(source(canary), target(canary));
  }

  @Override
  public Observed observe(Canary canary, World world) {
    KubeObject ingress = world.get(target(canary));
    if (ingress == null) {
      return new Observed.Absent(target(canary) + " does not exist yet");
    }
    if (!ingress.annotation(prefix + CANARY).equals("true")) {
      return malformed(ingress, CANARY, "true");
    }
    if (isAbTest(canary) && choosesAudience(ingress)) {
      return new Observed.Routed(Split.canary(Names.TOTAL_WEIGHT));
    }
    return weight(ingress);
  }

  private Observed weight(KubeObject ingress) {
    String text = ingress.annotation(prefix + WEIGHT);
    if (text.isEmpty()) {
      return new Observed.Routed(Split.PRIMARY);
    }
    try {
      int weight = Integer.parseInt(text);
      if (weight >= 0 && weight <= Names.TOTAL_WEIGHT) {
        return new Observed.Routed(Split.canary(weight));
      }
    } catch (NumberFormatException e) {
      // answered below, like a number out of range
    }
    return malformed(ingress, WEIGHT, "a whole number from 0 to 100");
  }

  private Observed malformed(KubeObject ingress, String key, String wanted) {
    return new Observed.Malformed(
        "annotation %s of %s is \"%s\", not %s; it is written anew"
            .formatted(prefix + key, ingress.ref(), ingress.annotation(prefix + key), wanted));
  }

  private boolean choosesAudience(KubeObject ingress) {
    return ingress.annotations().containsKey(prefix + NginxAudience.BY_HEADER)
        || ingress.annotations().containsKey(prefix + NginxAudience.BY_COOKIE);
  }

  @Override
  public List<KubeObject> desired(Canary canary, Split split, World world) {
    KubeObject observed = world.get(target(canary));
    KubeObject source = world.get(source(canary));
    if (source == null || !problems(canary, world).isEmpty()) {
      return Unconvertible.desired(split, observed, route -> withdrawn(canary, route));
    }
    KubeObject start = Custody.begin(observed, target(canary), canary, true);
    return List.of(
        start.with(
            tree -> {
              annotate(tree, canary, split, source);
              tree.set("spec", NginxIngress.spec(canary, source));
            }));
  }

  private void annotate(ObjectNode tree, Canary canary, Split split, KubeObject source) {
    Map<String, String> annotations = new TreeMap<>(source.annotations());
    annotations.remove(Names.LAST_APPLIED_CONFIGURATION);
    annotations.keySet().removeIf(key -> key.contains(prefix + CANARY) || isTracking(key));
    boolean test = isAbTest(canary);
    if (test && split.canary() > 0) {
      new NginxAudience(canary)
          .annotations()
          .forEach((key, value) -> annotations.put(prefix + key, value));
    }
    if (test) {
      forgetAudience(tree);
    }
    new AppliedMetadata(source.labels(), annotations).apply(tree);
    weigh(tree, test ? 0 : split.canary());
  }

  /** Argo CD would take the copy for a part of the application and prune it. */
  private static boolean isTracking(String key) {
    return key.startsWith("argocd.argoproj.io/");
  }

  /** Also what Flagger left there, whose keys nobody remembers. */
  private void forgetAudience(ObjectNode tree) {
    ObjectNode live = annotations(tree);
    NginxAudience.ALL.forEach(key -> live.remove(prefix + key));
  }

  private void weigh(ObjectNode tree, int weight) {
    ObjectNode live = annotations(tree);
    live.put(prefix + CANARY, "true");
    live.put(prefix + WEIGHT, Integer.toString(weight));
    live.remove(prefix + WEIGHT_TOTAL);
  }

  private KubeObject withdrawn(Canary canary, KubeObject observed) {
    return observed.with(
        tree -> {
          if (!canary.analysis().match().isEmpty()) {
            forgetAudience(tree);
          }
          weigh(tree, 0);
        });
  }

  @Override
  public List<KubeObject> released(Canary canary, World world) {
    KubeObject ingress = world.get(target(canary));
    if (ingress == null) {
      return List.of();
    }
    return Custody.released(canary, ingress).stream()
        .map(released -> released.with(tree -> weigh(tree, 0)))
        .toList();
  }

  private static ObjectNode annotations(ObjectNode tree) {
    return Json.child(Json.child(tree, "metadata"), "annotations");
  }

  private static boolean isAbTest(Canary canary) {
    return canary.strategy() == Strategy.AB_TESTING;
  }

  private static ObjectRef source(Canary canary) {
    LocalRef ingress = canary.spec().ingressRef();
    String name = ingress == null ? "" : ingress.name();
    return new ObjectRef(API_VERSION, "Ingress", canary.namespace(), name);
  }

  private static ObjectRef target(Canary canary) {
    ObjectRef source = source(canary);
    return new ObjectRef(
        API_VERSION, source.kind(), source.namespace(), Names.canary(source.name()));
  }
}
