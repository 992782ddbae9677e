package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.api.TargetRef;
import io.serin.fact.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where all canaries stand and what their targets are, in a few words for each, so that looking
 * around parses nothing. Safe for use by any thread.
 */
final class FleetView {

  private static final Duration RECENT = Duration.ofHours(24);

  private final Map<ObjectRef, Member> members = new ConcurrentHashMap<>();

  /**
   * A canary as it is now; null when it is gone.
   *
   * @return whether others may want to know
   */
  boolean update(ObjectRef ref, @Nullable KubeObject object) {
    if (object == null) {
      return members.remove(ref) != null;
    }
    Member now = Member.of(Canary.of(object));
    Member before = members.put(ref, now);
    return before == null || before.phase != now.phase;
  }

  /** The others. */
  Fleet around(ObjectRef self, Instant now) {
    Member own = members.get(self);
    boolean waits = own != null && own.running() && !own.started;
    int running = 0;
    int ahead = 0;
    List<Member> finished = new ArrayList<>();
    for (Map.Entry<ObjectRef, Member> entry : members.entrySet()) {
      Member other = entry.getValue();
      if (entry.getKey().equals(self)) {
        continue;
      }
      if (other.running()) {
        running++;
        ahead += waits && !other.started && ORDER.compare(entry.getKey(), self) > 0 ? 0 : 1;
      } else if (other.finishedSince(now.minus(RECENT))) {
        finished.add(other);
      }
    }
    finished.sort(Comparator.comparing(Member::at).reversed());
    List<Member> latest = finished.subList(0, Math.min(Fleet.OUTCOMES, finished.size()));
    return new Fleet(
        running, ahead, latest.size(), (int) latest.stream().filter(Member::failed).count());
  }

  private static final Comparator<ObjectRef> ORDER =
      Comparator.comparing(ObjectRef::namespace).thenComparing(ObjectRef::name);

  /** The oldest Canary of the same target, which may go on; null when that is this one. */
  @Nullable ObjectRef rival(Canary canary) {
    Member self = Member.of(canary);
    return members.values().stream()
        .filter(other -> other.sharesTarget(self) && AGE.compare(other, self) < 0)
        .min(AGE)
        .map(Member::ref)
        .orElse(null);
  }

  private static final Comparator<Member> AGE =
      Comparator.comparing(Member::created).thenComparing(member -> member.ref.name());

  private record Member(
      ObjectRef ref, TargetRef target, Instant created, Phase phase, boolean started, Instant at) {

    static Member of(Canary canary) {
      CanaryStatus status = canary.status();
      Phase phase = status.phase();
      Instant created = canary.metadata().creationTimestamp();
      Instant at = status.lastTransitionTime();
      return new Member(
          canary.ref(),
          canary.spec().targetRef(),
          created == null ? Instant.MAX : created,
          phase,
          status.canaryWeight() > 0 || status.iterations() > 0 || promoting(phase),
          at == null ? Instant.EPOCH : at);
    }

    private static boolean promoting(Phase phase) {
      return phase == Phase.PROMOTING || phase == Phase.FINALISING;
    }

    boolean sharesTarget(Member other) {
      return ref.namespace().equals(other.ref.namespace()) && target.equals(other.target);
    }

    boolean running() {
      return phase.isActive();
    }

    boolean failed() {
      return phase == Phase.FAILED;
    }

    boolean finishedSince(Instant time) {
      return (phase == Phase.SUCCEEDED || failed()) && at.isAfter(time);
    }
  }
}
