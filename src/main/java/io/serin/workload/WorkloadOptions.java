package io.serin.workload;

import io.serin.api.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The controller's settings for workloads.
 *
 * @param selectorLabels keys that may tell the copies' pods apart, the preferred one first
 * @param includeLabelPrefixes which labels and annotations of the target its copies get as well;
 *     {@code *} for all, none by default
 * @param configTracking ConfigMaps and Secrets are tracked and copied for the primary
 */
public record WorkloadOptions(
    List<String> selectorLabels, List<String> includeLabelPrefixes, boolean configTracking) {

  public static final WorkloadOptions DEFAULTS =
      new WorkloadOptions(List.of("app", "name", "app.kubernetes.io/name"), List.of(), true);

  private static final String DEPLOYMENT_CONTROLLERS = "deployment.kubernetes.io/";
  private static final String OWN = "serin.dev/";

  public WorkloadOptions {
    selectorLabels = List.copyOf(selectorLabels);
    includeLabelPrefixes = List.copyOf(includeLabelPrefixes);
  }

  /** Of a target's labels or annotations those that its copies get by the prefixes. */
  Map<String, String> included(Map<String, String> metadata) {
    Map<String, String> included = copied(metadata);
    included.keySet().removeIf(key -> !isIncluded(key));
    return included;
  }

  /**
   * Labels or annotations without those that speak of the object they are on: what Flux, kubectl
   * and the deployment controller keep there.
   */
  static Map<String, String> copied(Map<String, String> metadata) {
    Map<String, String> copied = new TreeMap<>(metadata);
    copied.keySet().removeIf(WorkloadOptions::isBound);
    return copied;
  }

  /** Labels or annotations of a pod template without Flux's. */
  static Map<String, String> withoutFlux(Map<String, String> metadata) {
    Map<String, String> copied = new TreeMap<>(metadata);
    copied.keySet().removeIf(key -> key.contains(Names.FLUX_MARKER));
    return copied;
  }

  /** Whether the deployment controller keeps this annotation on the object itself. */
  static boolean isDeploymentControllers(String key) {
    return key.startsWith(DEPLOYMENT_CONTROLLERS);
  }

  private static boolean isBound(String key) {
    return key.contains(Names.FLUX_MARKER)
        || key.equals(Names.LAST_APPLIED_CONFIGURATION)
        || key.startsWith(OWN)
        || isDeploymentControllers(key);
  }

  private boolean isIncluded(String key) {
    return includeLabelPrefixes.stream()
        .filter(prefix -> !prefix.isEmpty())
        .anyMatch(prefix -> prefix.equals("*") || key.startsWith(prefix));
  }
}
