package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealCluster
class LeaseLeadershipIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final LeaseLeadership.Timing QUICK =
      new LeaseLeadership.Timing(
          Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofMillis(500));

  private final KubeApiServer server;
  private final String namespace;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private KubernetesClient client;

  LeaseLeadershipIT(KubeApiServer server) {
    this.server = server;
    this.namespace = server.newNamespace("lease");
  }

  @BeforeEach
  void connect() {
    try (KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      RealClusters.grant(admin);
    }
    client = Clients.client(server.config(KubeApiServer.CONTROLLER));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theLeaseIsHandedOverOnStopping() {
    LeaseLeadership first = replica("first");
    await().atMost(SOON).until(first::isLeader);
    try (LeaseLeadership second = replica("second")) {
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .until(() -> first.isLeader() && !second.isLeader());

      first.close();

      assertThat(first.isLeader()).isFalse();
      // Released, so the second one need not wait until the lease runs out.
      await().atMost(Duration.ofSeconds(4)).until(second::isLeader);
      assertThat(calls).containsExactly("first starts", "first stops", "second starts");
    }
    assertThat(calls).last().isEqualTo("second stops");
  }

  @Test
  void aReplicaThatCannotRenewStopsWritingAndComesBack() {
    try (KubeApiServer own = KubeApiServer.start();
        KubernetesClient admin = own.client(KubeApiServer.ADMIN);
        LeaseLeadership alone = replica(admin, "default", "alone")) {
      await().atMost(SOON).until(alone::isLeader);

      own.cutNetwork();
      await().atMost(Duration.ofSeconds(5)).until(() -> !alone.isLeader());

      own.restoreNetwork();
      await().atMost(SOON).until(alone::isLeader);
    }
  }

  @Test
  void whoeverBeginsToLeadMayWriteAtOnce() {
    AtomicReference<@Nullable Leadership> held = new AtomicReference<>();
    CompletableFuture<Boolean> leads = new CompletableFuture<>();
    Runnable onStart = () -> leads.complete(Objects.requireNonNull(held.get()).isLeader());
    try (Leadership leadership = QuickLease.of(client, namespace, "first", onStart, () -> {})) {
      held.set(leadership);

      leadership.start();

      assertThat(leads).succeedsWithin(SOON).isEqualTo(true);
    }
  }

  private LeaseLeadership replica(String name) {
    return replica(client, namespace, name);
  }

  private LeaseLeadership replica(KubernetesClient client, String namespace, String name) {
    LeaseLeadership replica =
        new LeaseLeadership(
            client,
            namespace,
            LeaseLeadership.LEASE,
            name,
            InstantSource.system(),
            QUICK,
            () -> calls.add(name + " starts"),
            () -> calls.add(name + " stops"));
    replica.start();
    return replica;
  }
}
