package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.record.Masks;
import io.serin.record.TickLines;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A controller process that looks after the Canaries of its slot in all namespaces, with a
 * directory of policies, a namespace of its own, and what it tells of its ticks.
 */
final class PolicyRun implements AutoCloseable {

  static final String SLOT = "policies";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TickLines LINES = new TickLines(Masks.DEFAULT);

  final KubeApiServer server = KubeApiServer.shared();
  final LiveNamespace home = new LiveNamespace("home");
  final Path directory;
  private final Path folder;
  private ControllerProcess controller;

  /**
   * Starts it.
   *
   * @param folder where its files go
   * @param directory its {@code -policy-dir}
   */
  PolicyRun(Path folder, Path directory) throws IOException {
    this.folder = folder;
    this.directory = directory;
    this.controller = start();
  }

  /** Stops the process as an update of its Deployment would, and starts another one. */
  void restart() throws IOException {
    controller.process.stop(PATIENCE);
    controller.close();
    controller = start();
  }

  private ControllerProcess start() throws IOException {
    return ControllerProcess.start(
        server,
        "",
        folder,
        "controller",
        "-mesh-provider=kubernetes",
        "-slot=" + SLOT,
        "-policy-namespace=" + home.namespace,
        "-policy-dir=" + directory);
  }

  /** A namespace with the initialised Canary {@code podinfo}. */
  LiveNamespace serving(String prefix) {
    return serving(prefix, _ -> {});
  }

  LiveNamespace serving(String prefix, Consumer<ObjectNode> more) {
    LiveNamespace shop = new LiveNamespace(prefix);
    shop.apply(Live.deployment());
    shop.apply(canary().with(more));
    shop.reaches(Phase.INITIALIZED);
    return shop;
  }

  /** The same, with a release under analysis that takes longer than any test. */
  LiveNamespace analysing(String prefix) {
    LiveNamespace shop = serving(prefix);
    shop.release("6.0.1");
    shop.reaches(Phase.PROGRESSING);
    return shop;
  }

  private static KubeObject canary() {
    return Live.canary("kubernetes", "iterations: 100\nmetrics: []")
        .with(
            tree -> {
              ObjectNode metadata = (ObjectNode) tree.get("metadata");
              metadata.putObject("annotations").put(Names.SLOT, SLOT);
              ((ObjectNode) tree.at("/spec/analysis")).put("threshold", 50);
            });
  }

  /** Deletes the Canaries, so that they trouble nobody who comes after. */
  void clear() {
    var canaries = home.admin.genericKubernetesResources(Names.FLAGGER_API_VERSION, Names.CANARY);
    canaries.inAnyNamespace().list().getItems().stream()
        .filter(canary -> SLOT.equals(canary.getMetadata().getAnnotations().get(Names.SLOT)))
        .forEach(canary -> home.admin.resource(canary).delete());
    eventually(() -> assertThat(get("/api/v1/canaries")).isEqualTo("{\"canaries\":[]}"));
  }

  /** The ticks of the Canary {@code podinfo} since the process started. */
  List<TickRecord> ticks(LiveNamespace shop) {
    String lines = get("/api/v1/canaries/" + shop.namespace + "/podinfo/ticks");
    if (lines.startsWith("{\"error\"")) {
      throw new AssertionError(lines);
    }
    return lines.lines().map(LINES::read).toList();
  }

  TickRecord tick(LiveNamespace shop) {
    return ticks(shop).getLast();
  }

  String get(String path) {
    return controller.get(path);
  }

  String log() {
    try {
      return Files.readString(controller.log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
  }

  @Override
  public void close() {
    controller.process.stop(PATIENCE);
    controller.close();
    home.close();
  }
}
