package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.serin.api.Phase;
import io.serin.testing.AuditEntry;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import io.serin.testing.TcpProxy;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two replicas, one lease. */
@RealCluster
class TakeoverIT {

  private static final Set<String> READS = Set.of("get", "list", "watch");

  @Test
  void aStandbyTakesOverInMidRunAndTheLoserWritesNothingMore() {
    KubeApiServer server = KubeApiServer.shared();
    try (TcpProxy line = TcpProxy.to(URI.create(server.url()).getPort());
        LiveNamespace run = new LiveNamespace("takeover")) {
      // given
      String name = run.namespace;
      Replica first =
          run.keep(Replica.applying(run, name + "-first", client(line, name + "-first")));
      run.eventually("the first to lead", first::leads);
      Replica second =
          run.keep(
              Replica.applying(
                  run,
                  name + "-second",
                  server.client(KubeApiServer.CONTROLLER, name + "-second")));
      run.apply(Live.deployment());
      run.apply(Live.canary("istio", "stepWeight: 4\nmaxWeight: 100"));
      run.reaches(Phase.INITIALIZED);
      run.release("6.0.1");
      run.reachesWeight(12);
      assertThat(writes(server, second, Instant.EPOCH)).as("of the standby").isEmpty();
      // when
      line.refuseConnections(true);
      line.dropConnections();
      run.eventually("the second to lead", second::leads);
      assertThat(first.leads()).isFalse();
      Instant takenOver = Instant.now();
      int weight = run.canary().status().canaryWeight();
      run.reachesWeight(weight + 4);
      line.refuseConnections(false);
      // then
      run.reaches(Phase.SUCCEEDED);
      assertThat(run.steps())
          .hasSize(25)
          .startsWith(4, 8, 12)
          .endsWith(92, 96, 100)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(run.seen.getLast().agent()).isEqualTo(second.agent());
      assertThat(writes(server, first, takenOver)).as("of the loser").isEmpty();
      assertThat(server.requests(first.agent(), takenOver)).as("it is back").isNotEmpty();
    }
  }

  /** All but those for the lease. */
  private static List<AuditEntry> writes(KubeApiServer server, Replica replica, Instant since) {
    return server.requests(replica.agent(), since).stream()
        .filter(one -> !READS.contains(one.verb()) && !one.resource().equals("leases"))
        .toList();
  }

  private static KubernetesClient client(TcpProxy line, String agent) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(KubeApiServer.shared().config(KubeApiServer.CONTROLLER))
                .withMasterUrl("https://127.0.0.1:" + line.port())
                .withUserAgent(agent)
                .build())
        .build();
  }
}
