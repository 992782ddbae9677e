package io.serin.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The flags of {@code serin controller}: Flagger's, with one dash or two, and Serin's own. They are
 * in the order of the help, grouped as in {@link ControllerOptions}.
 */
final class ControllerFlags {
  @Option(
      names = {"-kubeconfig", "--kubeconfig"},
      paramLabel = "FILE",
      defaultValue = "",
      description = "Kubeconfig file; without one, the cluster Serin runs in.")
  private String kubeconfig = "";

  @Option(
      names = {"-kubeconfig-qps", "--kubeconfig-qps"},
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests a second to the API server.")
  private int kubeconfigQps;

  @Option(
      names = {"-kubeconfig-burst", "--kubeconfig-burst"},
      paramLabel = "N",
      defaultValue = "250",
      description = "Requests that may exceed that for a moment.")
  private int kubeconfigBurst;

  @Option(
      names = {"-master", "--master"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Address of the API server; overrides the kubeconfig.")
  private String master = "";

  @Option(
      names = {"-kubeconfig-service-mesh", "--kubeconfig-service-mesh"},
      paramLabel = "FILE",
      defaultValue = "",
      description = "Kubeconfig of the cluster that holds the routes, if another.")
  private String kubeconfigServiceMesh = "";

  @Option(
      names = {"-namespace", "--namespace"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Watch this namespace only.")
  private String namespace = "";

  @Option(
      names = {"-slot", "--slot"},
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Name of this instance where several share a cluster; each elects its own leader.")
  private String slot = "";

  @Option(
      names = {"-cluster-name", "--cluster-name"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Name of the cluster in alerts.")
  private String clusterName = "";

  @Option(
      names = {"-no-cross-namespace-refs", "--no-cross-namespace-refs"},
      paramLabel = "BOOL",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Refuse references into other namespaces.")
  private boolean noCrossNamespaceRefs;

  @Option(
      names = {"-control-loop-interval", "--control-loop-interval"},
      paramLabel = "DURATION",
      defaultValue = "10s",
      description = "Accepted for compatibility; rollouts are woken by events.")
  private Duration controlLoopInterval = Duration.ofSeconds(10);

  @Option(
      names = {"-threadiness", "--threadiness"},
      paramLabel = "N",
      defaultValue = "2",
      description = "Workers of the queue.")
  private int threadiness;

  @Option(
      names = {"-enable-leader-election", "--enable-leader-election"},
      paramLabel = "BOOL",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Let replicas elect the one that acts.")
  private boolean enableLeaderElection;

  @Option(
      names = {"-leader-election-namespace", "--leader-election-namespace"},
      paramLabel = "NAME",
      defaultValue = "kube-system",
      description = "Namespace of the Lease; --namespace replaces it.")
  private String leaderElectionNamespace = "";

  @Option(
      names = {"-mesh-provider", "--mesh-provider"},
      paramLabel = "NAME",
      defaultValue = "istio",
      description = "Traffic provider of Canaries that name none.")
  private String meshProvider = "";

  @Option(
      names = {"-ingress-annotations-prefix", "--ingress-annotations-prefix"},
      paramLabel = "PREFIX",
      defaultValue = "nginx.ingress.kubernetes.io",
      description = "Prefix of NGINX's annotations.")
  private String ingressAnnotationsPrefix = "";

  @Option(
      names = {"-ingress-class", "--ingress-class"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Ingress class of Contour's HTTPProxies.")
  private String ingressClass = "";

  @Option(
      names = {"-include-label-prefix", "--include-label-prefix"},
      paramLabel = "LIST",
      defaultValue = "",
      description = "Prefixes of the labels and annotations to copy to primaries.")
  private String includeLabelPrefix = "";

  @Option(
      names = {"-selector-labels", "--selector-labels"},
      paramLabel = "LIST",
      defaultValue = "app,name,app.kubernetes.io/name",
      description = "Label keys that select a workload's pods.")
  private String selectorLabels = "";

  @Option(
      names = {"-enable-config-tracking", "--enable-config-tracking"},
      paramLabel = "BOOL",
      defaultValue = "true",
      arity = "0..1",
      fallbackValue = "true",
      description = "Follow changes of ConfigMaps and Secrets.")
  private boolean enableConfigTracking;

  @Option(
      names = {"-slack-url", "--slack-url"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Slack webhook for all alerts. SLACK_URL wins.")
  private String slackUrl = "";

  @Option(
      names = {"-slack-token", "--slack-token"},
      paramLabel = "TOKEN",
      defaultValue = "",
      description = "Slack token. SLACK_TOKEN wins.")
  private String slackToken = "";

  @Option(
      names = {"-slack-proxy-url", "--slack-proxy-url"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Proxy to Slack. SLACK_PROXY_URL wins.")
  private String slackProxyUrl = "";

  @Option(
      names = {"-slack-user", "--slack-user"},
      paramLabel = "NAME",
      defaultValue = "flagger",
      description = "Slack user.")
  private String slackUser = "";

  @Option(
      names = {"-slack-channel", "--slack-channel"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Slack channel.")
  private String slackChannel = "";

  @Option(
      names = {"-msteams-url", "--msteams-url"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Microsoft Teams webhook for all alerts. MSTEAMS_URL wins.")
  private String msteamsUrl = "";

  @Option(
      names = {"-msteams-proxy-url", "--msteams-proxy-url"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Proxy to Teams. MSTEAMS_PROXY_URL wins.")
  private String msteamsProxyUrl = "";

  @Option(
      names = {"-event-webhook", "--event-webhook"},
      paramLabel = "URL",
      defaultValue = "",
      description = "Address that gets every event. EVENT_WEBHOOK_URL wins.")
  private String eventWebhook = "";

  @Option(
      names = {"-metrics-server", "--metrics-server"},
      paramLabel = "URL",
      defaultValue = "http://prometheus:9090",
      description = "Prometheus that the built-in metrics ask.")
  private String metricsServer = "";

  @Option(
      names = {"-port", "--port"},
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of /metrics and /healthz; 0 for any free one.")
  private int port;

  @Option(
      names = {"-log-level", "--log-level"},
      paramLabel = "LEVEL",
      defaultValue = "debug",
      description = "debug, info, warning or error.")
  private LogLevel logLevel = LogLevel.DEBUG;

  @Option(
      names = {"-zap-encoding", "--zap-encoding"},
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json or console.")
  private LogEncoding zapEncoding = LogEncoding.JSON;

  @Option(
      names = {"-zap-replace-globals", "--zap-replace-globals"},
      paramLabel = "BOOL",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Accepted for compatibility.")
  @SuppressWarnings("UnusedVariable") // Accepted only.
  private boolean zapReplaceGlobals;

  @Mixin private PolicyFlags policies = new PolicyFlags();

  /** Flags of Flagger's logging library, so that its command lines start; they say nothing here. */
  @Option(
      names = {
        "-v",
        "--v",
        "-vmodule",
        "--vmodule",
        "-log_dir",
        "--log_dir",
        "-log_file",
        "--log_file",
        "-log_file_max_size",
        "--log_file_max_size",
        "-log_backtrace_at",
        "--log_backtrace_at",
        "-stderrthreshold",
        "--stderrthreshold"
      },
      hidden = true)
  @SuppressWarnings("UnusedVariable") // Accepted only.
  private List<String> ignoredValues = List.of();

  @Option(
      names = {
        "-logtostderr",
        "--logtostderr",
        "-alsologtostderr",
        "--alsologtostderr",
        "-add_dir_header",
        "--add_dir_header",
        "-skip_headers",
        "--skip_headers",
        "-skip_log_headers",
        "--skip_log_headers",
        "-one_output",
        "--one_output"
      },
      arity = "0..1",
      fallbackValue = "true",
      hidden = true)
  @SuppressWarnings("UnusedVariable") // Accepted only.
  private List<String> ignoredSwitches = List.of();

  /**
   * The options as given, with the environment applied: where a variable is set it wins, as in
   * Flagger.
   *
   * @throws IllegalArgumentException when a value makes no sense; the message names the flag
   */
  ControllerOptions toOptions(Map<String, String> environment) {
    return new ControllerOptions(
        new ControllerOptions.Connection(
            kubeconfig, kubeconfigServiceMesh, master, kubeconfigQps, kubeconfigBurst),
        new ControllerOptions.Scope(
            namespace, slot, clusterName, noCrossNamespaceRefs, controlLoopInterval, threadiness),
        leadership(),
        new ControllerOptions.Routing(meshProvider, ingressAnnotationsPrefix, ingressClass),
        new ControllerOptions.Workloads(
            list(includeLabelPrefix), list(selectorLabels), enableConfigTracking),
        notifications(environment),
        new ControllerOptions.Observability(
            logLevel, zapEncoding, ControllerOptions.url("metrics-server", metricsServer), port),
        policies.toOptions(environment.getOrDefault("POD_NAMESPACE", leaderElectionNamespace)));
  }

  private ControllerOptions.Leadership leadership() {
    return new ControllerOptions.Leadership(
        enableLeaderElection,
        namespace.isEmpty() ? leaderElectionNamespace : namespace,
        ControllerOptions.Leadership.leaseOf(slot));
  }

  private ControllerOptions.Notifications notifications(Map<String, String> environment) {
    return new ControllerOptions.Notifications(
        new ControllerOptions.Slack(
            winning(environment.get("SLACK_URL"), slackUrl),
            winning(environment.get("SLACK_TOKEN"), slackToken),
            winning(environment.get("SLACK_PROXY_URL"), slackProxyUrl),
            slackUser,
            slackChannel),
        new ControllerOptions.Teams(
            winning(environment.get("MSTEAMS_URL"), msteamsUrl),
            winning(environment.get("MSTEAMS_PROXY_URL"), msteamsProxyUrl)),
        winning(environment.get("EVENT_WEBHOOK_URL"), eventWebhook));
  }

  private static String winning(@Nullable String variable, String flag) {
    return variable == null || variable.isEmpty() ? flag : variable;
  }

  /** The entries of a flag that takes several. */
  static List<String> list(String commaSeparated) {
    return Stream.of(commaSeparated.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }
}
