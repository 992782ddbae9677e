package io.serin.rollout;

import io.serin.api.ConfigChecksum;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.cluster.Cluster;
import io.serin.cluster.ClusterException;
import io.serin.cluster.ConflictException;
import io.serin.workload.Configs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the cluster to what is desired: writes what differs from the caches, in order, and stops
 * at a failure.
 */
final class Converger {

  private final Cluster cluster;

  Converger(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Carries effects out.
   *
   * @return what was written, one line each
   * @throws ClusterException at the first write that fails; what follows would rest on it
   */
  List<String> converge(List<Effect> effects) {
    List<String> written = new ArrayList<>();
    for (Effect effect : effects) {
      carryOut(effect, written);
    }
    return written;
  }

  private void carryOut(Effect effect, List<String> written) {
    switch (effect) {
      case Effect.Apply apply -> apply(apply.desired(), written);
      case Effect.Delete delete -> {
        if (cluster.world().get(delete.ref()) != null) {
          cluster.delete(delete.ref());
          written.add("deleted " + name(delete.ref()));
        }
      }
      case Effect.CopyConfig copy -> copy(copy, written);
    }
  }

  private void apply(KubeObject desired, List<String> written) {
    ObjectRef ref = desired.ref();
    KubeObject observed = cluster.world().get(ref);
    requireSame(desired, observed);
    if (observed == null) {
      requireSynced(ref);
      cluster.create(desired);
      written.add("created " + name(ref));
    } else if (cluster.update(observed, desired)) {
      written.add("updated " + name(ref));
    }
  }

  /** A desired object was derived from one version; another one is not to be overwritten by it. */
  private static void requireSame(KubeObject desired, @Nullable KubeObject observed) {
    String version = observed == null ? "" : observed.resourceVersion();
    if (!desired.resourceVersion().isEmpty() && !desired.resourceVersion().equals(version)) {
      throw new ConflictException(name(desired.ref()) + " changed since it was observed");
    }
  }

  private void copy(Effect.CopyConfig effect, List<String> written) {
    KubeObject source = cluster.read(effect.source());
    if (source == null) {
      throw new ClusterException(
          name(effect.source()) + " is gone; create it again or take it out of the target");
    }
    if (!ConfigChecksum.of(source).equals(effect.checksum())) {
      throw new ConflictException(name(effect.source()) + " changed since it was observed");
    }
    KubeObject existing = cluster.read(effect.copy());
    KubeObject wanted = effect.maker().make(source, existing);
    if (existing != null && Configs.isFixed(existing, wanted)) {
      cluster.delete(effect.copy());
      wanted = effect.maker().make(source, null);
      existing = null;
    }
    if (existing == null) {
      cluster.create(wanted);
      written.add("created " + name(effect.copy()));
    } else if (cluster.update(existing, wanted)) {
      written.add("updated " + name(effect.copy()));
    }
  }

  /**
   * An absent object may only be created once the cache is known to be full; otherwise it may
   * exist.
   */
  private void requireSynced(ObjectRef ref) {
    if (!cluster.world().synced(ref.apiVersion(), ref.kind())) {
      throw new ClusterException(
          "objects of kind %s (%s) are not known yet; install their CRD if it is missing"
              .formatted(ref.kind(), ref.apiVersion()),
          null);
    }
  }

  private static String name(ObjectRef ref) {
    return ref.kind() + " " + ref.name();
  }
}
