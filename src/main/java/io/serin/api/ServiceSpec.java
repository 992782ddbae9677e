package io.serin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The Services and routes that are made for the target. Texts are empty and numbers 0 when absent.
 * Durations keep the text that was written, because they are copied into routes.
 *
 * @param targetPort where the pods listen; see {@link #effectiveTargetPort}
 * @param trafficPolicy an Istio traffic policy as it is; do not change the tree
 */
public record ServiceSpec(
    String name,
    int port,
    String portName,
    @Nullable IntOrString targetPort,
    String appProtocol,
    String trafficDistribution,
    boolean portDiscovery,
    boolean headless,
    String timeout,
    String backendTimeout,
    List<String> gateways,
    List<GatewayRef> gatewayRefs,
    List<String> hosts,
    boolean delegation,
    @Nullable JsonNode trafficPolicy,
    List<HttpMatch> match,
    @Nullable Rewrite rewrite,
    @Nullable Retries retries,
    @Nullable Headers headers,
    List<Mirror> mirror,
    @Nullable CorsPolicy corsPolicy,
    String meshName,
    List<String> backends,
    @Nullable CustomMetadata apex,
    @Nullable CustomMetadata primary,
    @Nullable CustomMetadata canary,
    @Nullable UnmanagedMetadata unmanagedMetadata) {

  public ServiceSpec {
    gateways = List.copyOf(gateways);
    gatewayRefs = List.copyOf(gatewayRefs);
    hosts = List.copyOf(hosts);
    match = List.copyOf(match);
    mirror = List.copyOf(mirror);
    backends = List.copyOf(backends);
  }

  static ServiceSpec read(Fields f) {
    return new ServiceSpec(
        f.text("name"),
        f.whole("port", 0),
        f.text("portName", "http"),
        f.intOrString("targetPort"),
        f.text("appProtocol"),
        f.text("trafficDistribution"),
        f.flag("portDiscovery"),
        f.flag("headless"),
        f.text("timeout"),
        f.text("backendTimeout"),
        f.texts("gateways"),
        f.list("gatewayRefs", GatewayRef::read),
        f.texts("hosts"),
        f.flag("delegation"),
        f.blob("trafficPolicy"),
        f.list("match", HttpMatch::read),
        f.object("rewrite", Rewrite::read),
        f.object("retries", Retries::read),
        f.object("headers", Headers::read),
        f.list("mirror", Mirror::read),
        f.object("corsPolicy", CorsPolicy::read),
        f.text("meshName"),
        f.texts("backends"),
        f.object("apex", CustomMetadata::read),
        f.object("primary", CustomMetadata::read),
        f.object("canary", CustomMetadata::read),
        f.object("unmanagedMetadata", UnmanagedMetadata::read));
  }

  /** The Service that clients use: {@code name}, else the target's name. */
  public String apexName(String targetName) {
    return name.isEmpty() ? targetName : name;
  }

  public String primaryName(String targetName) {
    return Names.primary(apexName(targetName));
  }

  public String canaryName(String targetName) {
    return Names.canary(apexName(targetName));
  }

  /** {@code targetPort}, else {@code port}; Flagger's users write 0 for the latter as well. */
  public IntOrString effectiveTargetPort() {
    return targetPort == null || targetPort.equals(IntOrString.of(0))
        ? IntOrString.of(port)
        : targetPort;
  }
}
