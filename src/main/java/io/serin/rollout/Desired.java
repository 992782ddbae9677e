package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Traffic;
import io.serin.fact.Verdict;
import io.serin.fact.Workload;
import io.serin.fact.Workload.Role;
import io.serin.traffic.Split;
import io.serin.workload.Selector;
import io.serin.workload.Services;
import io.serin.workload.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects that should exist for a status: the world follows the intent. Pure, and the same for
 * every path that led to the status, so a crash between any two writes is healed by asking again.
 */
final class Desired {

  private final Rooms rooms;

  Desired(Rooms rooms) {
    this.rooms = rooms;
  }

  /**
   * The effects that bring the world to a status, in the order in which they are safe: what serves
   * comes before what is taken away.
   *
   * @param seen what the tick observed, under the status before
   * @param status the status that is stored now
   * @param verdict the verdict that was carried out
   */
  List<Effect> of(Observation seen, CanaryStatus status, Verdict verdict, World world) {
    if (verdict instanceof Verdict.Suspend || isBlocked(seen, verdict)) {
      return List.of();
    }
    return new Composer(seen, seen.canary().with(status), verdict, world).compose();
  }

  /**
   * While somebody must put something right first, everything stays where it is. An object that
   * cannot be read any more is put right by writing it anew.
   */
  private static boolean isBlocked(Observation seen, Verdict verdict) {
    boolean waits =
        switch (verdict) {
          case Verdict.Hold _, Verdict.Idle _, Verdict.Freeze _, Verdict.Await _ -> true;
          default -> false;
        };
    return waits
        && seen.facts().problems().stream().anyMatch(p -> p.kind() != Problem.Kind.MALFORMED);
  }

  /**
   * Composes the effects of one status. Templates are taken from what was observed and decided on;
   * objects are changed from what they are now, because gathering evidence may take long and others
   * write meanwhile.
   */
  private final class Composer {

    private final Observation seen;
    private final Canary canary;
    private final CanaryStatus status;
    private final Verdict verdict;
    private final World world;
    private final List<Effect> effects = new ArrayList<>();
    private final DesiredPrimary primary;

    Composer(Observation seen, Canary canary, Verdict verdict, World world) {
      this.seen = seen;
      this.canary = canary;
      this.status = canary.status();
      this.verdict = verdict;
      this.world = world;
      this.primary = new DesiredPrimary(rooms, seen, canary, world, effects);
    }

    List<Effect> compose() {
      Target kind = seen.kind();
      KubeObject target = seen.target();
      if (seen.facts().rollout().deleted()) {
        release(kind);
        return effects;
      }
      if (kind == null || target == null || status.phase() == Phase.NONE) {
        return effects;
      }
      finalizer(canary.spec().revertOnDeletion());
      Services services = Services.of(canary, kind, target).orElse(null);
      if (services != null) {
        apply(services.canary(world.get(Services.canaryRef(canary))));
        apply(services.primary(world.get(Services.primaryRef(canary))));
      }
      primary.snapshot(kind, target, minimum());
      primary.compose(kind, target);
      scaler();
      if (!Plan.untouched(canary)) {
        apex(services);
        routes();
        scale(kind);
        primary.oldSnapshots();
      }
      return effects;
    }

    /** The apex is led to a primary that has a pod; while it has none, it stays where it is. */
    private void apex(@Nullable Services services) {
      if (services != null && isAlive(Role.PRIMARY)) {
        apply(services.apex(world.get(Services.apexRef(canary)), Role.PRIMARY));
      }
    }

    /** An existing copy of the autoscaler follows the user's at promotions only. */
    private void scaler() {
      if (seen.scaler() == null) {
        return;
      }
      KubeObject source = world.get(seen.scaler().target(canary));
      KubeObject existing = world.get(seen.scaler().primary(canary));
      boolean promotes =
          status.phase() == Phase.PROMOTING || verdict instanceof Verdict.PromoteUnanalysed;
      if (source != null && (existing == null || promotes)) {
        apply(seen.scaler().primary(canary, source, existing));
      }
    }

    private void routes() {
      if (seen.router() != null) {
        Split split = reachable(seen.plan().split(canary));
        seen.router().desired(canary, split, world).forEach(this::apply);
      }
    }

    /**
     * Guard rail 2: an edited route is not put back to a copy whose pods are gone meanwhile; it
     * stays as it is until they are back.
     */
    private Split reachable(Split wanted) {
      Traffic traffic = seen.facts().traffic();
      if (traffic == null || wanted.canary() == traffic.canary()) {
        return wanted;
      }
      boolean rises = wanted.canary() > traffic.canary();
      boolean nowhere =
          rises ? !isAlive(Role.TARGET) : !isAlive(Role.PRIMARY) && isAlive(Role.TARGET);
      return nowhere ? new Split(traffic.primary(), traffic.canary(), traffic.mirrored()) : wanted;
    }

    /** Under an unknown provider traffic may still go anywhere, so nothing is scaled down. */
    private void scale(Target kind) {
      KubeObject target = world.get(kind.target(canary));
      if (target == null) {
        return;
      }
      boolean active = status.phase().isActive() || status.canaryWeight() > 0;
      if (active) {
        apply(kind.scaledUp(target, world.get(kind.primary(canary)), minimum()));
        autoscaling(true);
      } else if (status.phase() != Phase.WAITING
          && !isNewer()
          // Guard rail 2: the old copy is never scaled down before the new one serves.
          && isAlive(Role.PRIMARY)
          && seen.router() != null) {
        autoscaling(false);
        apply(kind.scaledToZero(target));
      }
    }

    /** Pauses or resumes the target's autoscaler, where its kind has to be told. */
    private void autoscaling(boolean resumed) {
      KubeObject scaler = seen.scaler() == null ? null : world.get(seen.scaler().target(canary));
      if (seen.scaler() != null && scaler != null) {
        apply(resumed ? seen.scaler().resumed(scaler) : seen.scaler().paused(scaler));
      }
    }

    private boolean isAlive(Role role) {
      Workload workload = seen.facts().workload(role);
      return workload != null && workload.available() > 0;
    }

    /** A new revision that has not started yet is none of our business. */
    private boolean isNewer() {
      Revision revision = seen.facts().revision();
      boolean idle = seen.facts().rollout().idle() && seen.canary().status().equals(status);
      return idle && revision != null && revision.changed();
    }

    private int minimum() {
      return seen.scaler() == null
          ? 0
          : seen.scaler().minimum(world.get(seen.scaler().target(canary)));
    }

    /** Puts the world back as it was, then lets the Canary go. */
    private void release(@Nullable Target kind) {
      KubeObject target = kind == null ? null : world.get(kind.target(canary));
      boolean revert = canary.spec().revertOnDeletion();
      if (revert && kind != null && target != null) {
        autoscaling(true);
        apply(kind.released(target, world.get(kind.primary(canary)), minimum()));
      }
      if (!(verdict instanceof Verdict.Release)) {
        return;
      }
      if (revert) {
        Selector selector =
            kind == null || target == null ? null : kind.selector(target).orElse(null);
        Services.releasedApex(canary, selector, world).ifPresent(this::apply);
        if (seen.router() != null) {
          seen.router().released(canary, world).forEach(this::apply);
        }
      }
      finalizer(false);
    }

    private void finalizer(boolean wanted) {
      KubeObject object = world.get(canary.ref());
      if (object == null || object.finalizers().contains(Names.FINALIZER) == wanted) {
        return;
      }
      List<String> finalizers = new ArrayList<>(object.finalizers());
      if (wanted) {
        finalizers.add(Names.FINALIZER);
      } else {
        finalizers.remove(Names.FINALIZER);
      }
      apply(object.with(tree -> setFinalizers(tree, finalizers)));
    }

    private static void setFinalizers(ObjectNode tree, List<String> finalizers) {
      ObjectNode metadata = (ObjectNode) tree.get("metadata");
      var list = metadata.putArray("finalizers");
      finalizers.forEach(list::add);
    }

    private void apply(KubeObject desired) {
      effects.add(new Effect.Apply(desired));
    }
  }
}
