package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicy;
import io.serin.api.PromotionPolicyStatus;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the authors of policies what became of them: in the status of a custom resource, by an
 * event on a ConfigMap.
 */
final class PolicyStatuses {

  private static final Logger log = LoggerFactory.getLogger(PolicyStatuses.class);
  private static final int TRIES = 5;

  /** Long enough for the watch to bring what a write conflicted with. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final FabricCluster cluster;
  private final InstantSource clock;

  PolicyStatuses(FabricCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * Tells it; tries again after a conflict, some seconds at most.
   *
   * @throws ClusterException when it cannot be written
   */
  void write(ObjectRef ref, PromotionPolicyStatus status) throws InterruptedException {
    for (int left = TRIES; !wrote(ref, status); left--) {
      if (left == 1) {
        log.atWarn().addKeyValue("policy", ref.toString()).log("its status is written by another");
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** False after a conflict. */
  private boolean wrote(ObjectRef ref, PromotionPolicyStatus status) {
    KubeObject object = cluster.world().get(ref);
    if (object == null) {
      return true;
    }
    if (!ref.apiVersion().equals(Names.SERIN_API_VERSION)) {
      emit(object, status);
      return true;
    }
    PromotionPolicyStatus before = PromotionPolicy.of(object).status();
    PromotionPolicyStatus after = status.following(before, clock.instant());
    try {
      if (!after.equals(before)) {
        cluster.writeStatus(object, after);
      }
      return true;
    } catch (ConflictException _) {
      return false;
    }
  }

  private void emit(KubeObject object, PromotionPolicyStatus status) {
    boolean refused = !status.findings().isEmpty();
    String message =
        refused
            ? "Policy refused: %s%s"
                .formatted(
                    status.findings().getFirst(),
                    status.digest().isEmpty() ? "" : "; " + status.digest() + " stays active")
            : "Policy active with digest " + status.digest();
    if (refused || status.compiled()) {
      cluster.emit(new Event(object, refused, refused ? "PolicyRefused" : "PolicyActive", message));
    }
  }
}
