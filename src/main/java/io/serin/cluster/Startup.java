package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.serin.api.Names;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold before the controller may work. Each failure is one line. */
public final class Startup {
  private static final List<String> KINDS =
      List.of(Names.CANARY, Names.METRIC_TEMPLATE, Names.ALERT_PROVIDER);
  private static final int OLDEST_MINOR = 11;
  private static final Duration POLL = Duration.ofMillis(50);

  private Startup() {}

  /**
   * Requires Kubernetes 1.11 or newer 1.x, and the three custom resource definitions.
   *
   * @throws ClusterException naming what is missing and the next step
   */
  public static void check(KubernetesClient client, FabricWorld world) {
    requireVersion(client);
    for (String kind : KINDS) {
      if (world.kinds().find(Names.FLAGGER_API_VERSION, kind) == null) {
        throw new ClusterException(
            "the API server does not know %s %s: apply the definitions in crds/ first"
                .formatted(Names.FLAGGER_API_VERSION, kind));
      }
    }
  }

  /**
   * Waits until the caches of the three kinds are filled.
   *
   * @throws ClusterException when they are not in time
   */
  public static void awaitCaches(FabricWorld world, Duration limit, InstantSource clock)
      throws InterruptedException {
    var deadline = clock.instant().plus(limit);
    String waiting = unsynced(world);
    while (waiting != null) {
      if (clock.instant().isAfter(deadline)) {
        throw new ClusterException(
            "no %s could be listed within %d s: check the permissions of the service account"
                .formatted(waiting, limit.toSeconds()));
      }
      Thread.sleep(POLL);
      waiting = unsynced(world);
    }
  }

  // All three are asked, so that all three watches start.
  private static @Nullable String unsynced(FabricWorld world) {
    List<String> waiting =
        KINDS.stream().filter(kind -> !world.synced(Names.FLAGGER_API_VERSION, kind)).toList();
    return waiting.isEmpty() ? null : waiting.getFirst();
  }

  private static void requireVersion(KubernetesClient client) {
    VersionInfo version = version(client);
    if (version == null || !"1".equals(version.getMajor()) || minor(version) < OLDEST_MINOR) {
      throw new ClusterException(
          "Kubernetes %s is not supported: 1.%d or newer is needed"
              .formatted(version == null ? "?" : version.getGitVersion(), OLDEST_MINOR));
    }
  }

  private static @Nullable VersionInfo version(KubernetesClient client) {
    try {
      return client.getKubernetesVersion();
    } catch (KubernetesClientException e) {
      throw new ClusterException(
          "cannot reach the API server at " + client.getMasterUrl() + ": " + OneLine.of(e), e);
    }
  }

  // Some vendors write "27+".
  private static int minor(VersionInfo version) {
    String digits = String.valueOf(version.getMinor()).replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
