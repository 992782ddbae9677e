package io.serin.testing;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd and kube-apiserver on loopback, with RBAC and an audit log, without nodes and without
 * controllers. Clients reach it through a proxy whose connections can be cut.
 *
 * <p>Tests share one ({@link #shared()}) and keep apart by namespace ({@link #newNamespace}). A
 * test that restarts it or cuts its connections in a way that would disturb others {@linkplain
 * #start starts} its own.
 */
public final class KubeApiServer implements AutoCloseable {
  /** May do everything. */
  public static final String ADMIN = "admin";

  /** The controller under test: may do what a test binds to this user, and nothing else. */
  public static final String CONTROLLER = "serin-controller";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Duration AUDIT_LIMIT = Duration.ofSeconds(10);

  private final KubeUsers users;
  private final WorkFolder folder;
  private final KubeControlPlane plane;
  private final ChildProcess etcd;
  private final TcpProxy proxy;
  private @Nullable ChildProcess apiServer;
  private @Nullable ChildProcess manager;
  private @Nullable KubernetesClient observer;

  private static final class Shared {
    static final KubeApiServer INSTANCE = startShared();

    private static KubeApiServer startShared() {
      KubeApiServer server = start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop the shared API server"));
      return server;
    }
  }

  private KubeApiServer(KubeUsers users, WorkFolder folder, KubeControlPlane plane) {
    this.users = users;
    this.folder = folder;
    this.plane = plane;
    this.etcd = ChildProcess.start(plane.log("etcd"), plane.etcd());
    this.proxy = TcpProxy.to(plane.apiPort());
  }

  /**
   * The server that the tests of this JVM share, started when first asked for. Not to be closed.
   */
  public static KubeApiServer shared() {
    return Shared.INSTANCE;
  }

  /** A server of one's own, ready for requests; takes some seconds. */
  public static KubeApiServer start() {
    KubeUsers users = KubeUsers.prepared();
    WorkFolder folder = WorkFolder.create("real-cluster");
    KubeControlPlane plane = KubeControlPlane.prepare(KubeAssets.fromEnvironment(), folder, users);
    KubeApiServer server = new KubeApiServer(users, folder, plane);
    try {
      server.startApiServer();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where clients connect: the proxy's address, the same over restarts. */
  public String url() {
    return "https://127.0.0.1:" + proxy.port();
  }

  /** The certificate to trust. */
  public Path certificate() {
    return plane.certificate();
  }

  /**
   * The bearer token of {@link #ADMIN}, {@link #CONTROLLER} (group {@code system:serviceaccounts}),
   * or one of {@code observer-1} to {@code observer-5} (group {@code observers}).
   */
  public String tokenFor(String user) {
    return users.tokenOf(user);
  }

  /** How to connect as a user; nothing is taken from the environment. */
  public Config config(String user) {
    return config(user, url());
  }

  /** A new client, which the caller closes. */
  public KubernetesClient client(String user) {
    return client(config(user));
  }

  /** A new client whose requests the audit log tells apart by user agent. */
  public KubernetesClient client(String user, String userAgent) {
    return client(new ConfigBuilder(config(user)).withUserAgent(userAgent).build());
  }

  /** Creates a namespace that no other test uses. */
  public String newNamespace(String prefix) {
    String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    Namespace namespace =
        new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
    observer().resource(namespace).create();
    return name;
  }

  /**
   * The requests of one user (exact name) or user agent (any part of it) received since an instant.
   * Whatever was answered before this call is among them.
   */
  public List<AuditEntry> requests(String userAgentOrUser, Instant since) {
    AuditLog log = new AuditLog(plane.auditLog());
    // An entry is written just after its answer: a marker, once logged, tells that all earlier
    // answers have theirs.
    String marker = UUID.randomUUID().toString();
    observer().raw("/version?marker=" + marker);
    requireNonNull(apiServer).awaitReady(AUDIT_LIMIT, () -> log.mentions(marker));
    return log.requests(userAgentOrUser, since);
  }

  /** Resets all connections of clients, watches among them; new ones are welcome. */
  public void dropConnections() {
    proxy.dropConnections();
  }

  /** Makes the server unreachable for clients: resets all connections and every new one. */
  public void cutNetwork() {
    proxy.refuseConnections(true);
    proxy.dropConnections();
  }

  /** Undoes {@link #cutNetwork()}. */
  public void restoreNetwork() {
    proxy.refuseConnections(false);
  }

  /** Stops the API server and starts it again with the same etcd, at the same address. */
  public void restart() {
    stopApiServer();
    startApiServer();
  }

  /** Stops the API server; etcd keeps what it stored. */
  public void stopApiServer() {
    if (apiServer != null) {
      apiServer.stop(STOP_PATIENCE);
      apiServer = null;
    }
  }

  /** Starts the API server after {@link #stopApiServer()} and waits until it is ready. */
  public void startApiServer() {
    ChildProcess started = ChildProcess.start(plane.log("kube-apiserver"), plane.apiServer());
    apiServer = started;
    started.awaitReady(START_LIMIT, this::isReady);
  }

  /**
   * Starts a controller manager with the named controllers, such as {@code deployment}. The test is
   * skipped where there is none: it is no part of what envtest installs.
   */
  public void startControllerManager(String... controllers) {
    assumeTrue(KubeAssets.fromEnvironment().hasControllerManager(), "no kube-controller-manager");
    List<String> command = plane.controllerManager(tokenFor(ADMIN), List.of(controllers));
    manager = ChildProcess.start(plane.log("kube-controller-manager"), command);
  }

  @Override
  public void close() {
    if (observer != null) {
      observer.close();
    }
    if (manager != null) {
      manager.close();
    }
    if (apiServer != null) {
      apiServer.close();
    }
    etcd.close();
    proxy.close();
    folder.close();
  }

  private boolean isReady() {
    if (!Files.exists(certificate())) {
      return false;
    }
    try {
      return "ok".equals(observer().raw("/readyz"));
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  /** The fixture's own client, which goes past the proxy. */
  private synchronized KubernetesClient observer() {
    if (observer == null) {
      Config config = config(ADMIN, "https://127.0.0.1:" + plane.apiPort());
      observer = client(new ConfigBuilder(config).withUserAgent("fixture").build());
    }
    return observer;
  }

  private Config config(String user, String url) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url)
        .withCaCertFile(certificate().toString())
        .withOauthToken(tokenFor(user))
        .withNamespace("default")
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
