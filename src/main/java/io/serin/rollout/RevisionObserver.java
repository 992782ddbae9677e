package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.api.World;
import io.serin.fact.Revision;
import io.serin.workload.Revisions;
import io.serin.workload.Snapshot;
import io.serin.workload.TrackedConfigs;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is new about the target, and what of it the primary carries. */
final class RevisionObserver {

  private RevisionObserver() {}

  static Revision observe(
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
}
