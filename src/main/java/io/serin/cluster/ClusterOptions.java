package io.serin.cluster;

/**
 * How to reach a cluster.
 *
 * @param kubeconfig path of a kubeconfig; empty: the usual places, or the service account of the
 *     pod
 * @param master URL of the API server in place of the configured one, or empty
 * @param namespace the only namespace to watch; empty for all
 * @param home namespace whose ConfigMaps and ControllerRevisions are watched in any case, since
 *     policies live there
 * @param qps requests a second that are written at most, 0 for no limit
 * @param burst requests at once above that
 */
public record ClusterOptions(
    String kubeconfig, String master, String namespace, String home, double qps, int burst) {

  /** The usual places, all namespaces, the customary limits. */
  public static final ClusterOptions DEFAULT = new ClusterOptions("", "", "", "", 100, 250);
}
