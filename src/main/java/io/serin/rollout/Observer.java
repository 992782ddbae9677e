package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Metadata;
import io.serin.api.Names;
import io.serin.api.Phase;
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
import io.serin.traffic.Observed;
import io.serin.traffic.Router;
import io.serin.traffic.Split;
import io.serin.workload.Revisions;
import io.serin.workload.Scaler;
import io.serin.workload.Scalers;
import io.serin.workload.Snapshot;
import io.serin.workload.Target;
import io.serin.workload.TrackedConfigs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes facts of what the caches hold. Asks nobody. */
final class Observer {

  private final Rooms rooms;
  private final RolloutOptions options;
  private final SurroundingsObserver surroundings;

  Observer(Rooms rooms, RolloutOptions options) {
    this(rooms, options, new FleetView());
  }

  Observer(Rooms rooms, RolloutOptions options, FleetView fleet) {
    this.rooms = rooms;
    this.options = options;
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
    List<Problem> problems = new Problems(canary, world, options).unsynced(kind, router, scaler);
    if (!problems.isEmpty()) {
      Facts facts = facts(canary, plan, now, lastStep, null, List.of(), null, problems);
      return new Observation(
          canary,
          plan,
          kind,
          router,
          scaler,
          null,
          null,
          new TrackedConfigs(Map.of(), List.of()),
          facts);
    }
    KubeObject target = kind == null ? null : world.get(kind.target(canary));
    KubeObject primary = kind == null ? null : world.get(kind.primary(canary));
    TrackedConfigs configs =
        kind == null || target == null
            ? new TrackedConfigs(Map.of(), List.of())
            : rooms.configs().tracked(world, canary, kind, target);
    problems =
        new Problems(canary, world, options).of(plan, provider, kind, router, scaler, configs);
    Traffic traffic =
        router == null ? null : traffic(canary, plan, provider, router, world, problems);
    Revision revision =
        kind == null || target == null
            ? null
            : revision(canary, world, kind.revision(target), primary, configs);
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

  private static @Nullable Traffic traffic(
      Canary canary,
      Plan plan,
      String provider,
      Router router,
      World world,
      List<Problem> problems) {
    if (Plan.untouched(canary)
        || problems.stream().anyMatch(p -> p.kind() == Problem.Kind.PROVIDER)) {
      return null;
    }
    Split wanted = plan.split(canary);
    if (!plan.routed()) {
      return new Traffic(provider, 100, 0, false, true, "");
    }
    return switch (router.observe(canary, world)) {
      case Observed.Routed(Split split) ->
          traffic(provider, split, split.equals(wanted), differs(split, wanted));
      case Observed.Pending(Split split, String reason) -> traffic(provider, split, false, reason);
      case Observed.Absent(String reason) -> traffic(provider, Split.PRIMARY, false, reason);
      case Observed.Malformed(String _) -> null;
    };
  }

  private static Traffic traffic(String provider, Split split, boolean settled, String reason) {
    return new Traffic(
        provider,
        split.primary(),
        split.canary(),
        split.mirrored(),
        settled,
        settled ? "" : reason);
  }

  private static String differs(Split split, Split wanted) {
    return "traffic is %d/%d%s, waiting for %d/%d%s"
        .formatted(
            split.primary(),
            split.canary(),
            split.mirrored() ? " mirrored" : "",
            wanted.primary(),
            wanted.canary(),
            wanted.mirrored() ? " mirrored" : "");
  }

  private Revision revision(
      Canary canary,
      World world,
      String target,
      @Nullable KubeObject primary,
      TrackedConfigs configs) {
    CanaryStatus status = canary.status();
    Snapshot snapshot = Snapshot.find(world, canary, status.lastPromotedSpec()).orElse(null);
    boolean foreign = Revisions.isForeign(status.lastAppliedSpec());
    return new Revision(
        target,
        status.lastAppliedSpec(),
        status.lastPromotedSpec(),
        carried(status, primary, configs),
        !foreign && configsChanged(status, target, primary, snapshot, configs),
        foreign);
  }

  /**
   * The revision that the primary carries. One without a mark was made by another controller; when
   * nothing is rolled out it is taken to carry what was promoted. The first primary follows the
   * target, with the configuration of the moment, until it takes over.
   */
  private static String carried(
      CanaryStatus status, @Nullable KubeObject primary, TrackedConfigs present) {
    if (primary == null) {
      return "";
    }
    if (status.phase() == Phase.INITIALIZING) {
      return Revisions.carried(primary, present.checksums());
    }
    Map<String, String> configs = Objects.requireNonNullElse(status.trackedConfigs(), Map.of());
    String carried = Revisions.carried(primary, configs);
    if (!carried.isEmpty()) {
      return carried;
    }
    String mark = primary.annotation(Names.REVISION);
    boolean promoting = status.phase() == Phase.PROMOTING;
    return promoting ? "" : mark.isEmpty() ? status.lastPromotedSpec() : mark;
  }

  /**
   * Whether the configuration differs from what the run is about; when the target is back at the
   * promoted revision, from what that was promoted with. While a reference cannot be read nothing
   * is said about changes: a failed read is never a change.
   */
  private static boolean configsChanged(
      CanaryStatus status,
      String target,
      @Nullable KubeObject primary,
      @Nullable Snapshot snapshot,
      TrackedConfigs configs) {
    boolean known = status.phase() != Phase.NONE && status.phase() != Phase.INITIALIZING;
    Map<String, String> tracked = status.trackedConfigs();
    if (!known || !configs.problems().isEmpty() || tracked == null) {
      return false;
    }
    boolean back =
        target.equals(status.lastPromotedSpec()) && !target.equals(status.lastAppliedSpec());
    if (back && primary != null && primary.annotation(Names.REVISION).equals(target)) {
      return Revisions.carried(primary, configs.checksums()).isEmpty();
    }
    Map<String, String> promoted =
        snapshot != null && back && primary == null ? snapshot.configs() : tracked;
    return !configs.checksums().equals(promoted);
  }

  /** The oldest of the canaries on a target is the one that may go on. */
  static @Nullable Canary rival(Canary canary, World world) {
    String target = canary.spec().targetRef().name();
    return world.list(Names.FLAGGER_API_VERSION, Names.CANARY, canary.namespace()).stream()
        .filter(other -> !other.name().equals(canary.name()))
        // Cheap first: there may be hundreds in a namespace, and this runs in every tick.
        .filter(other -> other.text("", "spec", "targetRef", "name").equals(target))
        .map(Canary::of)
        .filter(other -> other.spec().targetRef().equals(canary.spec().targetRef()))
        .filter(other -> AGE.compare(other.metadata(), canary.metadata()) < 0)
        .min(Comparator.comparing(Canary::metadata, AGE))
        .orElse(null);
  }

  private static final Comparator<Metadata> AGE =
      Comparator.comparing(
              Metadata::creationTimestamp, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Metadata::name);
}
