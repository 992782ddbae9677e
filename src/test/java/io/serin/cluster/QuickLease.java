package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;

/** The usual lease with times that a test can wait for. */
public final class QuickLease {
  private static final LeaseLeadership.Timing QUICK =
      new LeaseLeadership.Timing(
          Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofMillis(300));

  private QuickLease() {}

  public static Leadership of(
      KubernetesClient client,
      String namespace,
      String identity,
      Runnable onStart,
      Runnable onStop) {
    return new LeaseLeadership(
        client,
        namespace,
        LeaseLeadership.LEASE,
        identity,
        InstantSource.system(),
        QUICK,
        onStart,
        onStop);
  }
}
