package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A connection to a cluster: its caches, and what is made from it. */
public final class Connection implements AutoCloseable {

  private static final Duration CACHES = Duration.ofMinutes(1);

  private final ClusterOptions options;
  private final InstantSource clock;
  private final KubernetesClient client;
  private final FabricWorld world;

  private Connection(ClusterOptions options, InstantSource clock, KubernetesClient client) {
    this.options = options;
    this.clock = clock;
    this.client = client;
    this.world = new FabricWorld(client, options.namespace(), options.home());
  }

  /**
   * Connects, checks that the cluster has what Serin needs, and waits until the caches of its own
   * kinds are filled.
   *
   * @throws ClusterException when it has not, or cannot be reached
   */
  public static Connection open(ClusterOptions options, InstantSource clock)
      throws InterruptedException {
    Connection connection = new Connection(options, clock, Clients.connect(options));
    try {
      Startup.check(connection.client, connection.world);
      Startup.awaitCaches(connection.world, CACHES, clock);
      return connection;
    } catch (ClusterException | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  /** The caches. */
  public FabricWorld world() {
    return world;
  }

  /**
   * The writing side.
   *
   * @param mayWrite asked before every write
   */
  public FabricCluster cluster(BooleanSupplier mayWrite) {
    return new FabricCluster(client, world, options, mayWrite, clock);
  }

  /**
   * The leadership of whoever holds a lease, for which it applies once started.
   *
   * @param namespace namespace of the lease
   * @param lease its name
   * @param onStart called when this replica becomes the leader
   * @param onStop called when it is the leader no more
   */
  public Leadership leadership(String namespace, String lease, Runnable onStart, Runnable onStop) {
    return new LeaseLeadership(client, namespace, lease, identity(), clock, onStart, onStop);
  }

  @Override
  public void close() {
    world.close();
    client.close();
  }

  private static String identity() {
    try {
      return InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
    } catch (UnknownHostException _) {
      return "serin_" + UUID.randomUUID();
    }
  }
}
