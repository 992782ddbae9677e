package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.fact.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of workload that can be rolled out. Stateless and pure: objects in, facts and desired
 * objects out. Every desired object starts from the observed one, so that fields that nobody here
 * owns survive.
 */
public interface Target {

  /** The user's object. */
  ObjectRef target(Canary canary);

  /** The copy that serves the promoted revision. */
  ObjectRef primary(Canary canary);

  /**
   * What keeps the target from being rolled out: it is missing or not in the cache yet, or lacks a
   * selector label; empty when all is well.
   */
  List<Problem> problems(Canary canary, World world);

  /**
   * The label that tells the copies' pods apart; empty when this kind needs no Services made for
   * it, or when {@link #problems} says why there is none.
   */
  Optional<Selector> selector(KubeObject target);

  /** Ports of the target's containers beside the Service's own; empty unless asked for. */
  List<DiscoveredPort> ports(Canary canary, KubeObject target);

  /** The ConfigMaps and Secrets that the target's pods read. */
  List<ConfigReference> configs(KubeObject target);

  /** Names what the target wants to run; equal for equal pod templates, whatever key order. */
  String revision(KubeObject target);

  /**
   * How a copy is doing.
   *
   * @param object the copy, null when there is none
   */
  Workload observe(Canary canary, Workload.Role role, @Nullable KubeObject object, Instant now);

  /**
   * The primary as derived from the target. Applied again to its own result it changes nothing, and
   * while the existing primary carries the target's revision with these configs ({@link
   * Revisions#carried}) no pod restarts because of it.
   *
   * @param target the live target, or the one that {@link Snapshot} rebuilt
   * @param existing the present primary; null to create it
   * @param configs checksums of the tracked configuration by key ({@link TrackedConfigs}); whatever
   *     is named there is read from its copy for the primary
   * @param podId a fresh id, which makes this promotion a rolling update even when the template
   *     stays the same
   */
  KubeObject primary(
      Canary canary,
      KubeObject target,
      @Nullable KubeObject existing,
      Map<String, String> configs,
      String podId);

  /** The target without pods. */
  KubeObject scaledToZero(KubeObject target);

  /**
   * The target with pods; unchanged when it has some.
   *
   * @param minimum replicas that its scaler starts from ({@link Scaler#minimum}); 0 without one
   */
  KubeObject scaledUp(KubeObject target, @Nullable KubeObject primary, int minimum);

  /**
   * The target as it should be once its Canary is gone: as large as the primary.
   *
   * @param minimum as for {@link #scaledUp}
   */
  KubeObject released(KubeObject target, @Nullable KubeObject primary, int minimum);

  /** Replicas that the object's spec wants. */
  int replicas(KubeObject object);
}
