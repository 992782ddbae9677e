package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.World;
import io.serin.fact.Check;
import io.serin.fact.Facts;
import io.serin.fact.Intervention;
import io.serin.fact.Moment;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import io.serin.traffic.Router;
import io.serin.workload.Scaler;
import io.serin.workload.Scalers;
import io.serin.workload.Target;
import io.serin.workload.TrackedConfigs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes facts of what the caches hold. Asks nobody. */
final class Observer {

  private static final TrackedConfigs UNTRACKED = new TrackedConfigs(Map.of(), List.of());

  private final Rooms rooms;
  private final RolloutOptions options;
  private final FleetView fleet;
  private final SurroundingsObserver surroundings;

  Observer(Rooms rooms, RolloutOptions options, FleetView fleet) {
    this.rooms = rooms;
    this.options = options;
    this.fleet = fleet;
    this.surroundings = new SurroundingsObserver(rooms, options, fleet);
  }

  /**
   * What there is to see of a canary.
   *
   * @param memory what is remembered of its earlier ticks
   */
  Observation observe(Canary canary, World world, Instant now, Memory memory) {
    Instant lastStep = memory.lastStep();
    String provider = canary.spec().providerOr(options.provider());
    Plan plan = Plan.of(canary, provider);
    Target kind = rooms.targets().of(canary.spec().targetRef()).orElse(null);
    Router router = rooms.routers().find(provider).orElse(null);
    Scaler scaler = scaler(canary);
    Problems possible = new Problems(canary, world, options, fleet);
    List<Problem> problems = possible.unsynced(kind, router, scaler);
    if (!problems.isEmpty()) {
      Facts facts = facts(canary, plan, now, lastStep, null, List.of(), null, problems);
      return new Observation(canary, plan, kind, router, scaler, null, null, UNTRACKED, facts);
    }
    KubeObject target = kind == null ? null : world.get(kind.target(canary));
    KubeObject primary = kind == null ? null : world.get(kind.primary(canary));
    TrackedConfigs configs =
        kind == null || target == null
            ? UNTRACKED
            : rooms.configs().tracked(world, canary, kind, target);
    problems = possible.of(plan, provider, kind, router, scaler, configs);
    Traffic traffic =
        router == null
            ? null
            : TrafficObserver.observe(canary, plan, provider, router, world, problems);
    Revision revision =
        kind == null || target == null
            ? null
            : RevisionObserver.observe(canary, world, kind.revision(target), primary, configs);
    List<Workload> workloads = workloads(canary, kind, target, primary, now);
    Facts facts =
        facts(canary, plan, now, lastStep, revision, workloads, traffic, problems)
            .in(surroundings.observe(canary, world, now, revision, workloads, memory.history()));
    return new Observation(canary, plan, kind, router, scaler, target, primary, configs, facts);
  }

  private static @Nullable Scaler scaler(Canary canary) {
    var ref = canary.spec().autoscalerRef();
    return ref == null ? null : Scalers.of(ref).orElse(null);
  }

  private Facts facts(
      Canary canary,
      Plan plan,
      Instant now,
      @Nullable Instant lastStep,
      @Nullable Revision revision,
      List<Workload> workloads,
      @Nullable Traffic traffic,
      List<Problem> problems) {
    return new Facts(
        rollout(canary, plan, now, lastStep),
        revision,
        workloads,
        traffic,
        LiveEvidence.hooks(canary),
        checks(canary),
        interventions(canary),
        problems,
        Moment.of(now, options.zone()));
  }

  private static Rollout rollout(
      Canary canary, Plan plan, Instant now, @Nullable Instant lastStep) {
    CanaryStatus status = canary.status();
    var analysis = canary.analysis();
    long left = secondsUntilDue(canary, now, lastStep);
    return new Rollout(
        canary.name(),
        canary.namespace(),
        status.phase(),
        plan.strategy(),
        status.canaryWeight(),
        analysis.maxWeight(),
        analysis.nextWeight(status.canaryWeight()),
        analysis.mirror() && plan.routed(),
        status.iterations(),
        plan.iterations(),
        analysis.stepWeightPromotion(),
        status.failedChecks(),
        analysis.threshold(),
        canary.analysisSkipped(),
        plan.routed(),
        left <= 0,
        Math.max(0, left),
        analysis.interval().toSeconds(),
        canary.metadata().deletionTimestamp() != null,
        canary.spec().revertOnDeletion(),
        !status.lastPromotedSpec().isEmpty());
  }

  /** Guard rail 7: due times come from the status; what a process remembers can only delay them. */
  private static long secondsUntilDue(Canary canary, Instant now, @Nullable Instant lastStep) {
    Instant last = canary.status().lastTransitionTime();
    if (lastStep != null && (last == null || lastStep.isAfter(last))) {
      last = lastStep;
    }
    if (last == null) {
      return 0;
    }
    Duration left = Duration.between(now, last.plus(canary.analysis().interval()));
    return left.plusNanos(999_999_999).toSeconds();
  }

  private static List<Check> checks(Canary canary) {
    List<Check> checks = new ArrayList<>();
    var metrics = canary.analysis().metrics();
    for (int i = 0; i < metrics.size(); i++) {
      checks.add(new Check(metrics.get(i).name(), i, true));
    }
    return checks;
  }

  private static List<Intervention> interventions(Canary canary) {
    List<Intervention> wishes = new ArrayList<>();
    if (canary.spec().suspend()) {
      wishes.add(new Intervention(Intervention.Kind.SUSPEND, "spec.suspend"));
    } else if (canary.suspended()) {
      wishes.add(new Intervention(Intervention.Kind.SUSPEND, "annotation " + Names.SUSPEND));
    }
    if (canary.rollbackForced()) {
      wishes.add(
          new Intervention(Intervention.Kind.FORCE_ROLLBACK, "annotation " + Names.FORCE_ROLLBACK));
    }
    return wishes;
  }

  private static List<Workload> workloads(
      Canary canary,
      @Nullable Target kind,
      @Nullable KubeObject target,
      @Nullable KubeObject primary,
      Instant now) {
    List<Workload> workloads = new ArrayList<>();
    if (kind != null && target != null) {
      workloads.add(kind.observe(canary, Workload.Role.TARGET, target, now));
    }
    if (kind != null && primary != null) {
      workloads.add(kind.observe(canary, Workload.Role.PRIMARY, primary, now));
    }
    return workloads;
  }
}
