package io.serin.rollout;

import io.serin.testing.ChildProcess;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code serin controller} as users start it, with a kubeconfig of the controller's user. */
final class ControllerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  final Path log;
  final ChildProcess process;

  private ControllerProcess(int port, Path log, ChildProcess process) {
    this.port = port;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a controller that looks after one namespace, or all for an empty one, and waits until it
   * is ready.
   *
   * @param folder where its kubeconfig and log go
   */
  static ControllerProcess start(
      KubeApiServer server, String namespace, Path folder, String name, String... flags)
      throws IOException {
    ControllerProcess started = launch(server, namespace, folder, name, flags);
    started.process.awaitReady(PATIENCE, () -> started.answers("/readyz"));
    return started;
  }

  /** The same without waiting. */
  static ControllerProcess launch(
      KubeApiServer server, String namespace, Path folder, String name, String... flags)
      throws IOException {
    Path launcher = Path.of(System.getProperty("serin.home", "target/serin"), "bin", "serin");
    Path kubeconfig = Files.writeString(folder.resolve(name + ".kubeconfig"), kubeconfig(server));
    Path log = folder.resolve(name + ".log");
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(launcher.toString(), "controller"));
    command.addAll(List.of("-kubeconfig", kubeconfig.toString(), "-port", "" + port));
    if (!namespace.isEmpty()) {
      command.addAll(List.of("-namespace", namespace));
    }
    command.addAll(List.of(flags));
    return new ControllerProcess(port, log, ChildProcess.start(log, command));
  }

  /** Whether a probe of that path succeeds. */
  boolean answers(String path) {
    try {
      return get(path).contains("OK");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  String get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + uri, e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String kubeconfig(KubeApiServer server) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    clusters:
    - name: test
      cluster: {server: "%s", certificate-authority: "%s"}
    users:
    - name: controller
      user: {token: "%s"}
    contexts:
    - name: test
      context: {cluster: test, user: controller}
    """
        .formatted(
            server.url(),
            server.certificate().toAbsolutePath(),
            server.tokenFor(KubeApiServer.CONTROLLER));
  }
}
