package io.serin.cluster;

import io.serin.api.ObjectRef;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of policies to the cluster: for their authors, and the last good version for
 * the next process. On a thread of its own, since nobody waits for it.
 */
public final class PolicyWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PolicyWriter.class);

  private final FabricCluster cluster;
  private final PolicyStatuses statuses;
  private final PolicyRevisions revisions;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("policy-writer").factory());

  /**
   * Writes to that cluster, as long as that may be written to.
   *
   * @param home namespace of the last good versions of cluster policies
   */
  public PolicyWriter(FabricCluster cluster, String home, InstantSource clock) {
    this.cluster = cluster;
    this.statuses = new PolicyStatuses(cluster, clock);
    this.revisions = new PolicyRevisions(cluster.world(), home);
  }

  /**
   * Writes it soon.
   *
   * @param policy the object that the policy is from
   * @param outcome asked when it is written: changes that overtake each other on their way here
   *     still leave what is true in the end
   */
  public void tell(ObjectRef policy, Supplier<PolicyOutcome> outcome) {
    try {
      writer.execute(() -> write(policy, outcome));
    } catch (RejectedExecutionException _) {
      log.atDebug().addKeyValue("policy", policy.toString()).log("stopping, nothing is told");
    }
  }

  /** Ends what is being written; what waits is written by whoever leads next. */
  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void write(ObjectRef policy, Supplier<PolicyOutcome> supplier) {
    try {
      PolicyOutcome outcome = supplier.get();
      statuses.write(policy, outcome.status());
      if (outcome.active() != null) {
        revisions.keep(cluster, policy, outcome.active());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (NotLeaderException e) {
      log.atDebug().addKeyValue("policy", policy.toString()).log(e.getMessage());
    } catch (ClusterException e) {
      log.atWarn()
          .addKeyValue("policy", policy.toString())
          .addKeyValue("problem", e.getMessage())
          .log("what became of the policy cannot be written");
    }
  }
}
