package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveControllerTest {

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void theProbeIsAnsweredWhileTheClusterIsNot(@TempDir Path folder) throws Exception {
    try (ServerSocket silent = listening()) {
      int port = freePort();
      Path kubeconfig = kubeconfig(folder, silent.getLocalPort());
      Thread controller =
          Thread.ofVirtual()
              .start(() -> run("controller", "-kubeconfig=" + kubeconfig, "-port=" + port));

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> status(port, "/healthz") == 200);

      assertThat(status(port, "/readyz")).isEqualTo(503);
      assertThat(controller.isAlive()).isTrue();
      controller.interrupt();
      assertThat(controller.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static void run(String... arguments) {
    ControllerCommand command =
        new ControllerCommand(new LiveController(), Map.of(), StopSignal::new, (_, _) -> {});
    Commands.commandLine(List.of(ControllerCommand.commandLine(command))).execute(arguments);
  }

  private static Path kubeconfig(Path folder, int port) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: silent
        clusters: [{name: silent, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: silent, context: {cluster: silent, user: ""}}]
        """
            .formatted(port));
  }

  private int status(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = listening()) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
