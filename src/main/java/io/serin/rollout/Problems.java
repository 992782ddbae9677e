package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.Finding;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Strategy;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.traffic.Capability;
import io.serin.traffic.Observed;
import io.serin.traffic.Router;
import io.serin.traffic.Routers;
import io.serin.workload.Scaler;
import io.serin.workload.Scalers;
import io.serin.workload.Target;
import io.serin.workload.Targets;
import io.serin.workload.TrackedConfigs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what must be put right before a canary can go on. */
final class Problems {

  private static final List<ObjectRef> ALWAYS =
      List.of(
          new ObjectRef("v1", "Service", "", ""),
          new ObjectRef("v1", "ConfigMap", "", ""),
          new ObjectRef("v1", "Secret", "", ""),
          new ObjectRef("apps/v1", "ControllerRevision", "", ""));

  private final Canary canary;
  private final World world;
  private final RolloutOptions options;
  private final FleetView fleet;

  Problems(Canary canary, World world, RolloutOptions options, FleetView fleet) {
    this.canary = canary;
    this.world = world;
    this.options = options;
    this.fleet = fleet;
  }

  /** The kinds that the caches do not know yet; until they do, an absent object means nothing. */
  List<Problem> unsynced(@Nullable Target kind, @Nullable Router router, @Nullable Scaler scaler) {
    List<ObjectRef> needed = new ArrayList<>(ALWAYS);
    if (kind != null) {
      needed.add(kind.target(canary));
    }
    if (router != null) {
      needed.addAll(router.objects(canary));
    }
    if (scaler != null) {
      needed.add(scaler.target(canary));
    }
    Set<String> missing = new LinkedHashSet<>();
    for (ObjectRef ref : needed) {
      if (!world.synced(ref.apiVersion(), ref.kind())) {
        missing.add(ref.kind() + " (" + ref.apiVersion() + ")");
      }
    }
    return missing.stream()
        .map(
            name ->
                new Problem(
                    Problem.Kind.UNSYNCED,
                    "waiting for the cluster's objects of kind "
                        + name
                        + "; install its CRD if it is missing"))
        .toList();
  }

  /** Everything else. */
  List<Problem> of(
      Plan plan,
      String provider,
      @Nullable Target kind,
      @Nullable Router router,
      @Nullable Scaler scaler,
      TrackedConfigs configs) {
    List<Problem> problems = new ArrayList<>();
    spec(problems);
    if (kind == null) {
      problems.add(Targets.unknown(canary.spec().targetRef()));
    } else {
      problems.addAll(kind.problems(canary, world));
    }
    scaler(scaler, problems);
    problems.addAll(configs.problems());
    if (router == null) {
      add(problems, Problem.Kind.PROVIDER, Routers.unknown(provider));
    } else {
      provider(plan, provider, router, problems);
    }
    rival(problems);
    return problems;
  }

  private void spec(List<Problem> problems) {
    canary.validate().stream()
        .filter(Finding::isError)
        .forEach(f -> add(problems, Problem.Kind.SPEC, f.toString()));
    if (!options.crossNamespaceRefs()) {
      canary.crossNamespaceRefs().forEach(f -> add(problems, Problem.Kind.SPEC, f.toString()));
    }
  }

  private void scaler(@Nullable Scaler scaler, List<Problem> problems) {
    var ref = canary.spec().autoscalerRef();
    if (scaler != null) {
      problems.addAll(scaler.problems(canary, world));
    } else if (ref != null) {
      problems.add(Scalers.unknown(ref));
    }
  }

  private void provider(Plan plan, String provider, Router router, List<Problem> problems) {
    router.problems(canary, world).forEach(p -> add(problems, Problem.Kind.PROVIDER, p));
    if (plan.routed()) {
      Set<Capability> able = router.capabilities(canary);
      needed(plan).stream()
          .filter(capability -> !able.contains(capability))
          .forEach(missing -> add(problems, Problem.Kind.PROVIDER, cannot(provider, missing)));
      if (problems.isEmpty()
          && !Plan.untouched(canary)
          && router.observe(canary, world) instanceof Observed.Malformed(String reason)) {
        add(problems, Problem.Kind.MALFORMED, reason);
      }
    }
  }

  private List<Capability> needed(Plan plan) {
    var analysis = canary.analysis();
    List<Capability> needed = new ArrayList<>();
    if (analysis.sessionAffinity() != null) {
      needed.add(Capability.SESSION_AFFINITY);
    }
    if (plan.strategy() == Strategy.AB_TESTING) {
      needed.add(Capability.AB_TESTING);
    } else if (plan.strategy() == Strategy.PROGRESSIVE) {
      needed.add(Capability.WEIGHTS);
    }
    if (analysis.mirror() && plan.strategy() != Strategy.AB_TESTING) {
      needed.add(
          plan.strategy() == Strategy.PROGRESSIVE
              ? Capability.MIRROR_STEP
              : Capability.MIRROR_ITERATIONS);
    }
    return needed;
  }

  private static String cannot(String provider, Capability missing) {
    return switch (missing) {
      case WEIGHTS ->
          "provider '%s' cannot shift a share of traffic; set analysis.iterations instead of a step"
              .formatted(provider);
      case AB_TESTING ->
          "provider '%s' cannot route by analysis.match; remove it or use another provider"
              .formatted(provider);
      case MIRROR_STEP, MIRROR_ITERATIONS ->
          "provider '%s' cannot mirror traffic for this strategy; remove analysis.mirror or use another provider"
              .formatted(provider);
      case SESSION_AFFINITY ->
          "provider '%s' cannot keep sessions; remove analysis.sessionAffinity or use another provider"
              .formatted(provider);
    };
  }

  private void rival(List<Problem> problems) {
    ObjectRef rival = fleet.rival(canary);
    if (rival != null) {
      add(
          problems,
          Problem.Kind.CONFLICT,
          "target %s %s belongs to Canary %s already; delete one of the two"
              .formatted(canary.spec().targetRef().kind(), canary.targetName(), rival.name()));
    }
  }

  private static void add(List<Problem> problems, Problem.Kind kind, String message) {
    problems.add(new Problem(kind, message));
  }

  /** The kind of the canaries themselves. */
  static ObjectRef canaries() {
    return new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "", "");
  }
}
