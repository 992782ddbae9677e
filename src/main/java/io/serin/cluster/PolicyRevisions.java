package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.World;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good version of each policy of the cluster, kept beside the object that the policy is
 * from, or in a namespace of its own for policies of the whole cluster.
 */
public final class PolicyRevisions {

  private static final Logger log = LoggerFactory.getLogger(PolicyRevisions.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int TRIES = 300;

  private final World world;
  private final String home;
  private final Duration pause;
  private final AtomicInteger left = new AtomicInteger(TRIES);

  /**
   * @param home namespace of the versions of cluster policies
   */
  public PolicyRevisions(World world, String home) {
    this(world, home, PAUSE);
  }

  PolicyRevisions(World world, String home, Duration pause) {
    this.world = world;
    this.home = home;
    this.pause = pause;
  }

  /**
   * What is kept of the policy that is from that object. Waits up to half a minute for the cache to
   * be filled, so it is not for the thread of a tick.
   */
  public Optional<KeptPolicy> find(ObjectRef policy) {
    KubeObject owner = world.get(policy);
    if (owner == null) {
      return Optional.empty();
    }
    if (!filled()) {
      String problem = "ControllerRevisions cannot be listed; check the permissions of Serin";
      return Optional.of(new KeptPolicy(PromotionPolicySpec.EMPTY, List.of(problem)));
    }
    return PolicyRevision.list(world, owner, namespace(owner)).stream()
        .max(Comparator.comparingLong(PolicyRevisions::number))
        .map(stored -> PolicyRevision.read(stored, owner));
  }

  /**
   * Keeps that version and no other; sends nothing when it is kept already. The new one is written
   * before the old one goes, so that there is always one. One that cannot be stored leaves none: an
   * outdated version might be laxer.
   */
  void keep(Cluster cluster, ObjectRef policy, PromotionPolicySpec spec) {
    KubeObject owner = world.get(policy);
    if (owner == null || !filled()) {
      return;
    }
    List<KubeObject> kept = PolicyRevision.list(world, owner, namespace(owner));
    long last = kept.stream().mapToLong(PolicyRevisions::number).max().orElse(0);
    KubeObject wanted = PolicyRevision.of(owner, namespace(owner), spec, last + 1);
    if (kept.stream().noneMatch(stored -> stored.name().equals(wanted.name()))) {
      create(cluster, policy, wanted);
    }
    kept.stream()
        .filter(stored -> !stored.name().equals(wanted.name()))
        .forEach(stored -> cluster.delete(stored.ref()));
  }

  private static void create(Cluster cluster, ObjectRef policy, KubeObject version) {
    try {
      cluster.create(version);
    } catch (ConflictException _) {
      log.atDebug().addKeyValue("policy", policy.toString()).log("the version is kept already");
    } catch (NotLeaderException e) {
      throw e;
    } catch (ClusterException e) {
      log.atWarn()
          .addKeyValue("policy", policy.toString())
          .addKeyValue("problem", e.getMessage())
          .log(
              "the last good version is not kept: a broken one after a restart holds its canaries");
    }
  }

  private String namespace(KubeObject owner) {
    return owner.namespace().isEmpty() ? home : owner.namespace();
  }

  /**
   * Waits for the cache once; where it was in vain, permissions are missing and nobody waits again.
   */
  private boolean filled() {
    try {
      while (!synced() && left.getAndDecrement() > 0) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return synced();
  }

  private boolean synced() {
    return world.synced(PolicyRevision.API_VERSION, PolicyRevision.KIND);
  }

  private static long number(KubeObject stored) {
    return stored.number(0, "revision");
  }
}
