package io.serin.cli;

import io.serin.policy.Packs;
import io.serin.policy.catalog.DirectorySource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a controller was told to run: Flagger's flags, environment already applied, and Serin's own.
 * Every part checks itself; a wrong value is an {@link IllegalArgumentException} that names the
 * flag. Texts that were not given are empty.
 *
 * @param connection the API servers
 * @param scope what this instance looks after, and as whom
 * @param leadership whether replicas elect one of them
 * @param routing defaults of the traffic providers
 * @param workloads how primaries are derived from targets
 * @param notifications where events go besides Kubernetes
 * @param observability logs, metrics, HTTP
 * @param policies where rules come from and recordings go
 */
public record ControllerOptions(
    Connection connection,
    Scope scope,
    Leadership leadership,
    Routing routing,
    Workloads workloads,
    Notifications notifications,
    Observability observability,
    Policies policies) {

  /**
   * The API servers.
   *
   * @param kubeconfig a file; empty inside a cluster
   * @param meshKubeconfig the cluster of the routes; the same file unless they live elsewhere
   * @param master overrides the API server's address; may be empty
   * @param qps requests a second, 1 or more
   * @param burst requests that may exceed that for a moment, 1 or more
   */
  public record Connection(
      String kubeconfig, String meshKubeconfig, String master, int qps, int burst) {
    public Connection {
      requireAtLeastOne("kubeconfig-qps", qps);
      requireAtLeastOne("kubeconfig-burst", burst);
      meshKubeconfig = meshKubeconfig.isEmpty() ? kubeconfig : meshKubeconfig;
    }
  }

  /**
   * What this instance looks after, and as whom.
   *
   * @param namespace the only namespace watched; empty for all
   * @param slot name of this instance where several share a cluster; a DNS label, or empty
   * @param clusterName told in alerts; may be empty
   * @param noCrossNamespaceRefs whether a Canary may refer to its own namespace only
   * @param controlLoopInterval kept for Flagger's sake: rollouts are woken by events
   * @param threadiness workers of the queue, 1 or more
   */
  public record Scope(
      String namespace,
      String slot,
      String clusterName,
      boolean noCrossNamespaceRefs,
      Duration controlLoopInterval,
      int threadiness) {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

    public Scope {
      requireAtLeastOne("threadiness", threadiness);
      require(
          controlLoopInterval.isPositive(),
          "control-loop-interval",
          controlLoopInterval,
          "give a duration above zero, for example 10s");
      require(
          slot.isEmpty() || DNS_LABEL.matcher(slot).matches(),
          "slot",
          slot,
          "use up to 40 lower-case letters, digits and inner hyphens");
    }
  }

  /**
   * Whether replicas elect one of them.
   *
   * @param enabled whether they do
   * @param namespace where the Lease lives
   * @param lease the Lease's name
   */
  public record Leadership(boolean enabled, String namespace, String lease) {
    private static final String LEASE = "flagger-leader-election";

    /** The Lease that replicas of one slot share: Flagger's own unless a slot is named. */
    static String leaseOf(String slot) {
      return slot.isEmpty() ? LEASE : LEASE + "-" + slot;
    }
  }

  /**
   * Defaults of the traffic providers.
   *
   * @param meshProvider the provider of Canaries that name none
   * @param ingressAnnotationsPrefix prefix of NGINX's annotations
   * @param ingressClass class of Contour's HTTPProxies; may be empty
   */
  public record Routing(
      String meshProvider, String ingressAnnotationsPrefix, String ingressClass) {}

  /**
   * How primaries are derived from targets.
   *
   * @param includeLabelPrefix only labels and annotations with such a prefix are copied; none
   *     listed leaves Flagger's default
   * @param selectorLabels keys tried in turn to find a workload's selector
   * @param enableConfigTracking whether ConfigMaps and Secrets are followed
   */
  public record Workloads(
      List<String> includeLabelPrefix, List<String> selectorLabels, boolean enableConfigTracking) {
    public Workloads {
      includeLabelPrefix = List.copyOf(includeLabelPrefix);
      selectorLabels = List.copyOf(selectorLabels);
      require(!selectorLabels.isEmpty(), "selector-labels", "", "list at least one label key");
    }
  }

  /**
   * Where events go besides Kubernetes. Addresses and the token are secrets and never printed.
   *
   * @param slack the global Slack channel
   * @param teams the global Teams channel; if set it replaces Slack
   * @param eventWebhook gets every event; empty for none
   */
  public record Notifications(Slack slack, Teams teams, String eventWebhook) {
    public Notifications {
      requireUrl("event-webhook", eventWebhook);
    }

    @Override
    public String toString() {
      return "Notifications[slack="
          + slack
          + ", teams="
          + teams
          + ", eventWebhook="
          + masked(eventWebhook)
          + "]";
    }
  }

  /** Slack; an empty URL and token for none. */
  public record Slack(String url, String token, String proxyUrl, String user, String channel) {
    public Slack {
      requireUrl("slack-url", url);
      requireUrl("slack-proxy-url", proxyUrl);
    }

    @Override
    public String toString() {
      return "Slack[url="
          + masked(url)
          + ", token="
          + masked(token)
          + ", proxyUrl="
          + masked(proxyUrl)
          + ", user="
          + user
          + ", channel="
          + channel
          + "]";
    }
  }

  /** Microsoft Teams; an empty URL for none. */
  public record Teams(String url, String proxyUrl) {
    public Teams {
      requireUrl("msteams-url", url);
      requireUrl("msteams-proxy-url", proxyUrl);
    }

    @Override
    public String toString() {
      return "Teams[url=" + masked(url) + ", proxyUrl=" + masked(proxyUrl) + "]";
    }
  }

  /**
   * Logs, metrics, HTTP.
   *
   * @param logLevel of Serin's own loggers
   * @param logEncoding how entries are written
   * @param metricsServer the Prometheus that built-in and inline metrics ask
   * @param port of the HTTP server, 0 for any free one
   */
  public record Observability(
      LogLevel logLevel, LogEncoding logEncoding, URI metricsServer, int port) {
    private static final int HIGHEST_PORT = 65_535;

    public Observability {
      require(port >= 0 && port <= HIGHEST_PORT, "port", port, "use 0 (any free one) to 65535");
    }
  }

  /**
   * Where rules come from and recordings go.
   *
   * @param policyDirs directories of policies
   * @param policyNamespace namespace whose labelled ConfigMaps are cluster policies
   * @param recordDir a directory that gets a recording of each rollout; empty for none
   * @param packs packs that the policy takes in, by name
   * @param calendar the ConfigMap of the change calendar, {@code namespace/name}; empty for none
   */
  public record Policies(
      List<String> policyDirs,
      String policyNamespace,
      String recordDir,
      List<String> packs,
      String calendar) {
    private static final Pattern REFERENCE = Pattern.compile("[a-z0-9.-]+/[a-z0-9.-]+");

    public Policies {
      policyDirs = List.copyOf(policyDirs);
      packs = List.copyOf(packs);
      long names = policyDirs.stream().map(Path::of).map(DirectorySource::name).distinct().count();
      require(
          names == policyDirs.size(),
          "policy-dir",
          String.join(",", policyDirs),
          "name directories with names of their own, since policies have them");
      for (String pack : packs) {
        require(
            Packs.NAMES.contains(pack),
            "policy-packs",
            pack,
            "name some of " + String.join(", ", Packs.NAMES));
      }
      require(
          calendar.isEmpty() || REFERENCE.matcher(calendar).matches(),
          "calendar",
          calendar,
          "name a ConfigMap as namespace/name");
    }
  }

  /** Reads the address of a server, which may not be empty. */
  static URI url(String flag, String text) {
    require(isHttp(text), flag, text, "give an address such as http://prometheus:9090");
    return URI.create(text);
  }

  static void require(boolean fine, String flag, Object value, String nextStep) {
    if (!fine) {
      throw new IllegalArgumentException("--" + flag + " is '" + value + "'; " + nextStep);
    }
  }

  private static void requireAtLeastOne(String flag, int value) {
    require(value >= 1, flag, value, "use 1 or more");
  }

  private static void requireUrl(String flag, String text) {
    require(
        text.isEmpty() || isHttp(text),
        flag,
        masked(text),
        "give an address that starts with http:// or https://");
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String masked(String secret) {
    return secret.isEmpty() ? "" : "***";
  }
}
