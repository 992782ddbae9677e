package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A pod: a real HTTP server on loopback that behaves as its version does and counts what it
 * answers.
 */
final class Pod implements AutoCloseable {
  private final String namespace;
  private final String name;
  private final Map<String, String> labels;
  private final String revision;
  private final String tag;
  private final Behaviour behaviour;
  private final Metrics metrics;
  private final Loopback server;
  private volatile boolean ready;

  /**
   * @param revision hash of the template that it was made from
   */
  Pod(
      String namespace,
      String name,
      Map<String, String> labels,
      String revision,
      String tag,
      Metrics metrics) {
    this.namespace = namespace;
    this.name = name;
    this.labels = Map.copyOf(labels);
    this.revision = revision;
    this.tag = tag;
    this.behaviour = Behaviour.ofTag(tag);
    this.metrics = metrics;
    this.server = Loopback.serve(name, this::handle);
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  String revision() {
    return revision;
  }

  int port() {
    return server.port();
  }

  boolean isReady() {
    return ready;
  }

  void becomeReady() {
    ready = true;
  }

  boolean has(Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    exchange.getRequestBody().readAllBytes();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    pause(behaviour.latency(random.nextDouble()));
    int status = random.nextDouble() < behaviour.failures() ? 500 : 200;
    exchange.getResponseHeaders().set("X-Pod", name);
    metrics.count(namespace, name, status, Duration.ofNanos(System.nanoTime() - start));
    Loopback.send(exchange, status, "application/json", "{\"version\":\"" + tag + "\"}\n");
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
