package io.serin.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serin.api.Phase;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's launcher, two processes one after the other, one release. */
@RealCluster
class ControllerProcessIT {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch approved = new CountDownLatch(1);

  @Test
  void aStoppedControllerFinishesItsTickAndTheNextOneEndsTheRollout(@TempDir Path folder)
      throws IOException, InterruptedException {
    HttpServer gate = gate();
    try (LiveNamespace run = new LiveNamespace("process")) {
      run.apply(Live.deployment());
      run.apply(
          Live.canary(
              "kubernetes",
              """
              iterations: 1
              metrics: []
              webhooks:
              - {name: approval, type: confirm-rollout, timeout: 30s, url: "http://127.0.0.1:%d/"}
              """
                  .formatted(gate.getAddress().getPort())));
      try (ControllerProcess first = controller(run, folder, "first")) {
        run.reaches(Phase.INITIALIZED);
        assertThat(first.get("/metrics")).contains("flagger_info{", "mesh_provider=\"kubernetes\"");
        run.release("6.0.1");
        assertThat(asked.await(60, TimeUnit.SECONDS)).as("the gate is asked").isTrue();

        first.process.terminate();
        assertThat(first.process.exitWithin(Duration.ofSeconds(1))).as("amid a tick").isEmpty();
        approved.countDown();

        assertThat(first.process.exitWithin(Duration.ofSeconds(30))).hasValue(0);
      }
      assertThat(run.canary().status().phase()).isEqualTo(Phase.PROGRESSING);
      try (ControllerProcess second = controller(run, folder, "second")) {
        run.reaches(Phase.SUCCEEDED);
        assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
        second.process.terminate();
        assertThat(second.process.exitWithin(Duration.ofSeconds(30))).hasValue(0);
      }
    } finally {
      gate.stop(0);
    }
  }

  private static ControllerProcess controller(LiveNamespace run, Path folder, String name)
      throws IOException {
    return ControllerProcess.start(
        run.server,
        run.namespace,
        folder,
        name,
        "-mesh-provider=kubernetes",
        "-enable-leader-election=true",
        "-leader-election-namespace=" + run.namespace);
  }

  /** Answers the first call when the test says so. */
  private HttpServer gate() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.countDown();
    try {
      approved.await();
      byte[] body = "ok".getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }
}
