package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Leads while it holds the Lease {@value #LEASE}, and applies for it again after losing it. A
 * replica that could not renew in time (a stopped process, a lost network) may not write any more,
 * even before it has noticed.
 */
public final class LeaseLeadership implements Leadership {
  /** The name that Flagger uses, so that the two never act at the same time. */
  public static final String LEASE = "flagger-leader-election";

  private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);

  private final Lock lock;
  private final Timing timing;
  private final InstantSource clock;
  private final KubernetesClient client;
  private final Runnable onStart;
  private final Runnable onStop;
  private final AtomicBoolean leading = new AtomicBoolean();
  private volatile Instant renewed = Instant.EPOCH;
  private volatile boolean closed;
  private volatile @Nullable CompletableFuture<?> election;
  private final Thread thread;

  /** The callbacks, in order, and away from the thread that renews. */
  private final ExecutorService callbacks =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("leadership-callbacks").factory());

  /**
   * @param lease how long others wait for a leader that is silent
   * @param renewDeadline how long the leader tries to renew before it gives up
   * @param retry pause between two tries
   */
  record Timing(Duration lease, Duration renewDeadline, Duration retry) {
    static final Timing USUAL =
        new Timing(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(5));
  }

  /**
   * Applies for the lease once started.
   *
   * @param lease name of the lease, {@link #LEASE} unless several instances share the cluster
   * @param identity unique among replicas
   * @param onStart called when this replica becomes the leader
   * @param onStop called when it is the leader no more, also on {@link #close()}
   */
  public LeaseLeadership(
      KubernetesClient client,
      String namespace,
      String lease,
      String identity,
      InstantSource clock,
      Runnable onStart,
      Runnable onStop) {
    this(client, namespace, lease, identity, clock, Timing.USUAL, onStart, onStop);
  }

  LeaseLeadership(
      KubernetesClient client,
      String namespace,
      String lease,
      String identity,
      InstantSource clock,
      Timing timing,
      Runnable onStart,
      Runnable onStop) {
    this.client = client;
    this.clock = clock;
    this.timing = timing;
    this.onStart = onStart;
    this.onStop = onStop;
    this.lock = new Watched(new LeaseLock(namespace, lease, identity));
    this.thread = Thread.ofVirtual().name("leadership").unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public boolean isLeader() {
    // One retry later than the elector itself would have given up.
    Instant fence = renewed.plus(timing.renewDeadline).plus(timing.retry);
    return leading.get() && clock.instant().isBefore(fence);
  }

  /** Stops the writing of this replica, waits for its stop callback, and gives the lease back. */
  @Override
  public void close() {
    closed = true;
    stopped("stopping");
    callbacks.close();
    CompletableFuture<?> running = election;
    if (running != null) {
      running.cancel(true);
    }
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join(timing.renewDeadline);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        CompletableFuture<?> running = client.leaderElector().withConfig(config()).build().start();
        election = running;
        if (closed) {
          running.cancel(true);
        }
        running.join();
      } catch (CancellationException _) {
        // Closed.
      } catch (CompletionException e) {
        LOG.atWarn().addKeyValue("problem", OneLine.of(e)).log("The election failed");
      }
      stopped("lost the lease");
      pause();
    }
  }

  private LeaderElectionConfig config() {
    return new LeaderElectionConfigBuilder()
        .withName(LEASE)
        .withLock(lock)
        .withLeaseDuration(timing.lease)
        .withRenewDeadline(timing.renewDeadline)
        .withRetryPeriod(timing.retry)
        .withReleaseOnCancel()
        .withLeaderCallbacks(
            new LeaderCallbacks(this::started, () -> stopped("lost the lease"), this::tell))
        .build();
  }

  private void started() {
    if (!closed && leading.compareAndSet(false, true)) {
      LOG.atInfo().addKeyValue("identity", lock.identity()).log("This replica leads");
      callbacks.execute(() -> guarded(onStart));
    }
  }

  private void stopped(String why) {
    if (leading.compareAndSet(true, false) && !callbacks.isShutdown()) {
      LOG.atLevel(closed ? Level.INFO : Level.WARN)
          .addKeyValue("identity", lock.identity())
          .addKeyValue("why", why)
          .log("This replica leads no more: it writes nothing from now on");
      callbacks.execute(() -> guarded(onStop));
    }
  }

  private static void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A callback of the leader election failed");
    }
  }

  private void tell(@Nullable String leader) {
    LOG.atInfo().addKeyValue("leader", leader).log("The leader is");
  }

  private void pause() {
    try {
      if (!closed) {
        Thread.sleep(timing.retry);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lease, remembering when it was last obtained; the moment before asking counts. */
  private final class Watched implements Lock {
    private final Lock lease;

    Watched(Lock lease) {
      this.lease = lease;
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
      return lease.get(client);
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
      Instant asked = clock.instant();
      lease.create(client, record);
      renewed = asked;
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
      Instant asked = clock.instant();
      lease.update(client, record);
      renewed = asked;
    }

    @Override
    public String identity() {
      return lease.identity();
    }

    @Override
    public String describe() {
      return lease.describe();
    }
  }
}
