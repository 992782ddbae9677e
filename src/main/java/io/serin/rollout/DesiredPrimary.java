package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.api.World;
import io.serin.workload.ConfigReference;
import io.serin.workload.Revisions;
import io.serin.workload.Snapshot;
import io.serin.workload.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The primary that should exist for a status, the copies of the configuration it uses, and the
 * snapshots it can be made from without the target. Adds its effects to those of {@link Desired}.
 */
final class DesiredPrimary {

  private final Rooms rooms;
  private final Observation seen;
  private final Canary canary;
  private final CanaryStatus status;
  private final World world;
  private final List<Effect> effects;

  DesiredPrimary(Rooms rooms, Observation seen, Canary canary, World world, List<Effect> effects) {
    this.rooms = rooms;
    this.seen = seen;
    this.canary = canary;
    this.status = canary.status();
    this.world = world;
    this.effects = effects;
  }

  /** The primary as the status wants it, with the configuration it uses. */
  void compose(Target kind, KubeObject target) {
    if (status.phase() == Phase.INITIALIZING) {
      derive(kind, target, seen.configs().checksums());
    } else if (carriesRun()) {
      promoted(kind, target);
    } else if (seen.primary() == null || isBroken()) {
      Snapshot.find(world, canary, status.lastPromotedSpec())
          .ifPresentOrElse(snapshot -> restore(kind, snapshot), () -> recreate(kind, target));
    }
  }

  /** In these phases the primary is meant to carry the revision of the run. */
  private boolean carriesRun() {
    return switch (status.phase()) {
      case PROMOTING, FINALISING, SUCCEEDED -> true;
      case NONE,
          INITIALIZING,
          INITIALIZED,
          WAITING,
          PROGRESSING,
          WAITING_PROMOTION,
          FAILED,
          TERMINATING,
          TERMINATED ->
          false;
    };
  }

  /** Guard rail 3: only while the target still is what was analysed. */
  private void promoted(Target kind, KubeObject target) {
    boolean carried = Revisions.carried(seen.primary(), tracked()).equals(status.lastAppliedSpec());
    boolean unmarked =
        status.phase() == Phase.SUCCEEDED
            && seen.primary() != null
            && seen.primary().annotation(Names.REVISION).isEmpty();
    boolean analysed =
        kind.revision(target).equals(status.lastAppliedSpec())
            && seen.configs().checksums().equals(tracked());
    if (!carried && !unmarked && analysed) {
      derive(kind, target, tracked());
    } else if (seen.primary() == null) {
      Snapshot.find(world, canary, status.lastPromotedSpec())
          .ifPresent(snapshot -> restore(kind, snapshot));
    }
  }

  /** W15: never from a target that is at another revision than the promoted one. */
  private void recreate(Target kind, KubeObject target) {
    if (kind.revision(target).equals(status.lastPromotedSpec())) {
      derive(kind, target, seen.configs().checksums());
    }
  }

  /**
   * After a failed or withdrawn promotion the primary carries a revision that was never promoted,
   * and does so until the run that mends it is promoted or withdrawn (W3).
   */
  private boolean isBroken() {
    String mark = seen.primary() == null ? "" : seen.primary().annotation(Names.REVISION);
    String promoted = status.lastPromotedSpec();
    return !mark.isEmpty() && !promoted.isEmpty() && !mark.equals(promoted);
  }

  private void restore(Target kind, Snapshot snapshot) {
    copies(kind, snapshot.target(), obtainable(kind, snapshot));
    primary(kind, snapshot.target(), snapshot.configs());
  }

  /**
   * The data of configuration that was edited since is kept nowhere. What a copy holds stays then,
   * and a copy that is missing follows its source as it is now: a primary with the configuration of
   * today is better than none.
   */
  private Map<String, String> obtainable(Target kind, Snapshot snapshot) {
    Map<String, String> present =
        rooms.configs().tracked(world, canary, kind, snapshot.target()).checksums();
    Map<String, String> obtainable = new TreeMap<>();
    for (ConfigReference reference : kind.configs(snapshot.target())) {
      String then = snapshot.configs().get(reference.key());
      String now = present.get(reference.key());
      boolean copied = world.get(reference.copy(canary.namespace())) != null;
      if (then != null && now != null && (then.equals(now) || !copied)) {
        obtainable.put(reference.key(), now);
      }
    }
    return obtainable;
  }

  private void derive(Target kind, KubeObject source, Map<String, String> configs) {
    copies(kind, source, configs);
    primary(kind, source, configs);
  }

  private void primary(Target kind, KubeObject source, Map<String, String> configs) {
    String pod = status.lastAppliedSpec() + kind.revision(source) + new TreeMap<>(configs);
    String podId = UUID.nameUUIDFromBytes(pod.getBytes(StandardCharsets.UTF_8)).toString();
    apply(kind.primary(canary, source, world.get(kind.primary(canary)), configs, podId));
  }

  private void copies(Target kind, KubeObject source, Map<String, String> configs) {
    for (ConfigReference reference :
        rooms.configs().outdated(world, canary, kind, source, configs)) {
      effects.add(
          new Effect.CopyConfig(
              reference.source(canary.namespace()),
              Objects.requireNonNull(configs.get(reference.key())),
              reference.copy(canary.namespace()),
              (full, existing) -> rooms.configs().copy(canary, full, existing)));
    }
  }

  private Map<String, String> tracked() {
    return Objects.requireNonNullElse(status.trackedConfigs(), Map.of());
  }

  /**
   * The promoted template is kept, so that the primary can be made again without the target. It is
   * stored before the primary carries it: once the target moves on it cannot be made any more.
   */
  void snapshot(Target kind, KubeObject target, int minimum) {
    String revision = isSettled() ? status.lastPromotedSpec() : status.lastAppliedSpec();
    if ((isSettled() || carriesRun()) && kind.revision(target).equals(revision)) {
      KubeObject existing = world.get(Snapshot.ref(canary, revision));
      KubeObject full = kind.scaledUp(target, seen.primary(), minimum);
      apply(Snapshot.of(canary, full, revision, tracked(), existing));
    }
  }

  /** Takes away what was kept of earlier promotions. */
  void oldSnapshots() {
    String promoted = status.lastPromotedSpec();
    if (isSettled() && world.get(Snapshot.ref(canary, promoted)) != null) {
      for (ObjectRef old : Snapshot.outdated(world, canary, Set.of(promoted))) {
        effects.add(new Effect.Delete(old));
      }
    }
  }

  private boolean isSettled() {
    return status.phase() == Phase.INITIALIZED || status.phase() == Phase.SUCCEEDED;
  }

  private void apply(KubeObject desired) {
    effects.add(new Effect.Apply(desired));
  }
}
