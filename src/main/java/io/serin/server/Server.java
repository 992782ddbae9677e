package io.serin.server;

import io.avaje.jex.Jex;
import io.avaje.jex.JexConfig;
import io.avaje.jex.Routing.HttpService;
import io.avaje.jex.core.json.Jackson3JsonService;
import io.avaje.jex.http.Context;
import io.avaje.jex.http.HttpResponseException;
import io.serin.api.LoggingKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP server: {@code GET /metrics}, {@code GET /healthz} and the routes handed in. Each
 * request runs on a virtual thread of its own.
 */
public final class Server implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Server.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Jex.Server server;

  private Server(Jex.Server server) {
    this.server = server;
  }

  /**
   * Starts to listen on every address.
   *
   * @param port 1 to 65535, or 0 for any free port
   * @param metrics what {@code /metrics} shows
   * @param routes further routes; they may only read
   * @throws UncheckedIOException when the port is taken
   */
  public static Server start(int port, Metrics metrics, List<HttpService> routes) {
    return start(_ -> {}, port, metrics, routes);
  }

  /** As {@link #start}, for this machine alone. */
  public static Server startOnLoopback(int port, Metrics metrics, List<HttpService> routes) {
    return start(config -> config.host("127.0.0.1"), port, metrics, routes);
  }

  private static Server start(
      Consumer<JexConfig> where, int port, Metrics metrics, List<HttpService> routes) {
    limitSlowClients();
    Jex jex = Jex.create().config(config -> config.port(port).health(false).jsonService(json()));
    jex.config(where);
    jex.routing(new HealthRoute()).routing(new MetricsRoute(metrics));
    jex.routing(List.copyOf(routes))
        .error(HttpResponseException.class, Server::refused)
        .error(Exception.class, Server::failed);
    return new Server(listening(jex, port));
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops to listen and waits up to three seconds for requests that are being answered. */
  @Override
  public void close() {
    Thread stopping = Thread.ofVirtual().name("http-stop").start(server::shutdown);
    try {
      stopping.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Jex.Server listening(Jex jex, int port) {
    try {
      return jex.start();
    } catch (UncheckedIOException e) {
      IOException cause = Objects.requireNonNull(e.getCause());
      String problem = "port " + port + " cannot be used (" + cause.getMessage() + ")";
      throw new UncheckedIOException(problem + "; choose another", cause);
    }
  }

  // In place of Jex's own handler, which writes broken JSON to clients that prefer it.
  private static void refused(Context context, HttpResponseException e) {
    context.status(e.status());
    if (e.jsonResponse() == null) {
      context.text(e.getMessage());
    } else {
      context.json(e.jsonResponse());
    }
  }

  private static void failed(Context context, Exception e) {
    log.atError()
        .addKeyValue(LoggingKeys.URL, context.path())
        .setCause(e)
        .log("A request could not be answered");
    context.status(500).text("internal error; see the log");
  }

  // On its own Jex would take Jackson 2, which the Kubernetes client brings along.
  private static Jackson3JsonService json() {
    return new Jackson3JsonService(new JsonMapper());
  }

  /**
   * The JDK's server knows these limits as system properties alone, and reads them once. Given ones
   * are kept. See the <a
   * href="https://docs.oracle.com/en/java/javase/25/docs/api/jdk.httpserver/module-summary.html">
   * module's documentation</a>.
   */
  private static void limitSlowClients() {
    limit("sun.net.httpserver.maxReqTime", READ_TIMEOUT);
    limit("sun.net.httpserver.idleInterval", IDLE_TIMEOUT);
  }

  private static void limit(String property, Duration limit) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Long.toString(limit.toSeconds()));
    }
  }
}
