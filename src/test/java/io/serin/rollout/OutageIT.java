package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong between Serin and the API server in mid-run; every step is still taken once. */
@RealCluster
class OutageIT {

  private static final List<Integer> EVERY_STEP = List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);

  private static KubeApiServer server;

  enum Outage {
    /** Watches break and are mended at once. */
    DROPPED_CONNECTIONS {
      @Override
      void happen() {
        server.dropConnections();
      }
    },
    /** Nothing reaches the server for longer than an interval. */
    LOST_NETWORK {
      @Override
      void happen() throws InterruptedException {
        server.cutNetwork();
        Thread.sleep(1_500);
        server.restoreNetwork();
      }
    },
    RESTARTED_SERVER {
      @Override
      void happen() {
        server.restart();
      }
    };

    abstract void happen() throws InterruptedException;
  }

  @BeforeAll
  static void start() {
    server = KubeApiServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void anOutageHealsAndNoStepIsRepeated(Outage outage) throws InterruptedException {
    try (LiveNamespace run =
        new LiveNamespace(server, LiveNamespace.SERINS_DEFINITIONS, "outage")) {
      // given
      run.serve();
      started(run);
      run.reachesWeight(30);
      // when
      outage.happen();
      // then
      run.reaches(Phase.SUCCEEDED);
      assertThat(run.steps()).isEqualTo(EVERY_STEP);
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
    }
  }

  @Test
  void aReleaseDuringAnOutageIsFoundAfterIt() {
    try (LiveNamespace run =
        new LiveNamespace(server, LiveNamespace.SERINS_DEFINITIONS, "missed")) {
      run.serve();
      run.apply(Live.deployment());
      run.apply(Live.canary("istio", Live.STEPS));
      run.reaches(Phase.INITIALIZED);

      server.dropConnections();
      // The user's own connections are gone as well, and its client does not try twice.
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(
              () -> {
                run.release("6.0.1");
                return true;
              });

      run.reaches(Phase.SUCCEEDED);
    }
  }

  @Test
  void writesOfOthersConflictAndHeal() throws InterruptedException, ExecutionException {
    try (LiveNamespace run =
        new LiveNamespace(server, LiveNamespace.SERINS_DEFINITIONS, "conflict")) {
      // given
      run.serve();
      started(run);
      run.reachesWeight(10);
      AtomicBoolean done = new AtomicBoolean();
      Future<?> others =
          Executors.newVirtualThreadPerTaskExecutor().submit(() -> meddle(run, done));
      // when
      run.reachesWeight(100);
      done.set(true);
      others.get();
      // then
      run.reaches(Phase.SUCCEEDED);
      assertThat(run.steps()).isEqualTo(EVERY_STEP);
      assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
      assertThat(run.deployment("podinfo").annotation("touched")).isNotEmpty();
      // Told after it was stored.
      String end = "Promotion completed! Scaling down podinfo." + run.namespace;
      run.eventually("the end to be told", () -> run.events().containsKey(end));
      assertThat(run.events())
          .as("nothing is told that was not stored")
          .containsEntry("Advance podinfo.%s canary weight 50".formatted(run.namespace), 1)
          .containsEntry("Advance podinfo.%s canary weight 60".formatted(run.namespace), 1)
          .containsEntry("Advance podinfo.%s canary weight 70".formatted(run.namespace), 1)
          .containsEntry(end, 1);
    }
  }

  /** Somebody writes to everything that Serin writes to, and takes all traffic off the canary. */
  private static @Nullable Void meddle(LiveNamespace run, AtomicBoolean done)
      throws InterruptedException {
    for (int i = 1; !done.get(); i++) {
      String touch = "{\"metadata\": {\"annotations\": {\"touched\": \"" + i + "\"}}}";
      run.patch("flagger.app/v1beta1", "Canary", "podinfo", touch);
      run.patch("networking.istio.io/v1beta1", "VirtualService", "podinfo", touch);
      if (i % 20 == 10) {
        // A new generation, which is unready until the Deployment controller has seen it.
        run.patch("apps/v1", "Deployment", "podinfo", touch);
        run.patch("apps/v1", "Deployment", "podinfo-primary", touch);
      }
      if (i % 20 == 0) {
        run.patch(
            "networking.istio.io/v1beta1",
            "VirtualService",
            "podinfo",
            """
            {"spec": {"http": [{"route": [{"destination": {"host": "podinfo-primary"}}]}]}}
            """);
      }
      Thread.sleep(20);
    }
    return null;
  }

  private static void started(LiveNamespace run) {
    run.apply(Live.deployment());
    run.apply(Live.canary("istio", Live.TENTHS));
    run.reaches(Phase.INITIALIZED);
    run.release("6.0.1");
  }
}
