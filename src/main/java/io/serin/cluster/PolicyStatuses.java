package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicy;
import io.serin.api.PromotionPolicyStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the authors of policies what became of them: in the status of a custom resource, by an
 * event on a ConfigMap. On a thread of its own, since nobody waits for it.
 */
public final class PolicyStatuses implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PolicyStatuses.class);
  private static final int TRIES = 5;

  /** Long enough for the watch to bring what a write conflicted with. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final FabricCluster cluster;
  private final InstantSource clock;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("policy-statuses").factory());

  /** Writes to that cluster, as long as that may be written to. */
  public PolicyStatuses(FabricCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Tells it soon. */
  public void tell(ObjectRef ref, PromotionPolicyStatus status) {
    try {
      writer.execute(() -> write(ref, status));
    } catch (RejectedExecutionException _) {
      log.atDebug().addKeyValue("policy", ref.toString()).log("stopping, the status is not told");
    }
  }

  /** Ends what is being told; what waits is told by whoever leads next. */
  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void write(ObjectRef ref, PromotionPolicyStatus status) {
    try {
      boolean done = false;
      for (int left = TRIES; !done && left > 0; left--) {
        done = wrote(ref, status);
        if (!done) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (ClusterException e) {
      log.atWarn()
          .addKeyValue("policy", ref.toString())
          .addKeyValue("problem", e.getMessage())
          .log("the status of the policy cannot be written");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
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
