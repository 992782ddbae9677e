package io.serin.api;

import java.time.Duration;
import java.util.Map;

/**
 * Names on the wire that several rooms share: groups, kinds, finalizers, labels and annotations.
 */
public final class Names {
  /** API group and version of Canary, MetricTemplate and AlertProvider. */
  public static final String FLAGGER_API_VERSION = "flagger.app/v1beta1";

  public static final String CANARY = "Canary";

  public static final String SERIN_API_VERSION = "serin.dev/v1alpha1";

  /** Rules that decide about Canaries of any namespace. */
  public static final String CLUSTER_PROMOTION_POLICY = "ClusterPromotionPolicy";

  /** Rules that add caution to the Canaries of its namespace. */
  public static final String PROMOTION_POLICY = "PromotionPolicy";

  public static final String METRIC_TEMPLATE = "MetricTemplate";
  public static final String ALERT_PROVIDER = "AlertProvider";

  /** Finalizer set while {@code spec.revertOnDeletion} is true. */
  public static final String FINALIZER = "finalizer.flagger.app";

  /**
   * On a ConfigMap or Secret: a value that starts with {@code disable} takes it out of config
   * tracking.
   */
  public static final String CONFIG_TRACKING = "flagger.app/config-tracking";

  /** On a Knative Service: the revision that serves as primary. */
  public static final String PRIMARY_REVISION = "flagger.app/primary-revision";

  /** Node selector key that keeps a DaemonSet's pods off every node. */
  public static final String SCALE_TO_ZERO = "flagger.app/scale-to-zero";

  /** On a Canary: {@code true} promotes without analysis, like {@code spec.skipAnalysis}. */
  public static final String SKIP_ANALYSIS = "flagger.app/skipAnalysis";

  /** On a Canary: {@code true} takes a running rollout back. */
  public static final String FORCE_ROLLBACK = "flagger.app/forceRollback";

  /** On a Canary: {@code true} freezes the rollout, like {@code spec.suspend}. */
  public static final String SUSPEND = "flagger.app/suspend";

  /**
   * On pod templates of a primary: changes with every promotion, so that each one is a rolling
   * update.
   */
  public static final String POD_ID = "flagger-id";

  /** On routes taken over from a user: the spec they had before, as JSON. */
  public static final String ORIGINAL_CONFIGURATION =
      "flagger.kubernetes.io/original-configuration";

  public static final String LAST_APPLIED_CONFIGURATION =
      "kubectl.kubernetes.io/last-applied-configuration";

  /** Tells Flux's kustomize-controller to leave an object alone; value {@link #FLUX_DISABLED}. */
  public static final String FLUX_RECONCILE = "kustomize.toolkit.fluxcd.io/reconcile";

  /** Tells Flux's helm-controller to leave an object alone; value {@link #FLUX_DISABLED}. */
  public static final String FLUX_DRIFT_DETECTION = "helm.toolkit.fluxcd.io/driftDetection";

  public static final String FLUX_DISABLED = "disabled";

  /** The annotations that tell Flux on both its ways. */
  public static final Map<String, String> FLUX_OFF =
      Map.of(FLUX_RECONCILE, FLUX_DISABLED, FLUX_DRIFT_DETECTION, FLUX_DISABLED);

  /**
   * Part of every key that belongs to Flux; such labels and annotations are never copied to a
   * primary.
   */
  public static final String FLUX_MARKER = "toolkit.fluxcd.io";

  /** On a KEDA ScaledObject: pauses it at the given number of replicas. */
  public static final String KEDA_PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

  /** On a Canary: the Kuma mesh it belongs to. */
  public static final String KUMA_MESH = "kuma.io/mesh";

  /** On a Canary: {@code enabled} switches on App Mesh access logs. */
  public static final String APPMESH_ACCESS_LOG = "appmesh.flagger.app/accesslog";

  /** On a Canary: the controller instance that looks after it; see the flag {@code -slot}. */
  public static final String SLOT = "flagger.app/slot";

  /**
   * On a Canary: name of the promotion policy that decides about it. As a label on a ConfigMap: it
   * holds a promotion policy; its value does not matter.
   */
  public static final String POLICY = "serin.dev/policy";

  /** On a Canary: settings of its policy that it changes, as {@code name=value, name=value}. */
  public static final String SETTINGS = "serin.dev/settings";

  /** Label that every namespace carries with its own name. */
  public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /**
   * On a Canary: the Canaries that it waits for, as {@code namespace/name} or {@code name},
   * separated by commas.
   */
  public static final String DEPENDS_ON = "serin.dev/depends-on";

  /** Label on a ConfigMap that is a change calendar; its value does not matter. */
  public static final String CALENDAR = "serin.dev/calendar";

  /** On what Serin writes: the revision (hash) of the target it was derived from. */
  public static final String REVISION = "serin.dev/revision";

  /**
   * On a primary: digest of the tracked configuration that it was derived with. On a snapshot: that
   * configuration's checksums as JSON.
   */
  public static final String CONFIGS = "serin.dev/configs";

  /**
   * On a cached ConfigMap or Secret, in place of its data: {@link ConfigChecksum} of them. Never
   * stored in the cluster.
   */
  public static final String CHECKSUM = "serin.dev/checksum";

  /** Label on every snapshot of a promoted pod template; value {@code true}. */
  public static final String SNAPSHOT = "serin.dev/snapshot";

  /** Label on every ControllerRevision that keeps the last good version of a policy. */
  public static final String POLICY_VERSION = "serin.dev/policy-version";

  /** On an owned Service: keys of the labels and annotations that its Canary put there. */
  public static final String OWN_KEYS = "serin.dev/own-keys";

  /** Traffic is split in parts of this total. */
  public static final int TOTAL_WEIGHT = 100;

  /** The shortest analysis interval that is honoured. */
  public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

  private static final String PRIMARY_SUFFIX = "-primary";
  private static final String CANARY_SUFFIX = "-canary";

  private Names() {}

  /** The name of the stable copy of an object. */
  public static String primary(String name) {
    return name + PRIMARY_SUFFIX;
  }

  /** The name of the canary's Service or route beside an apex. */
  public static String canary(String name) {
    return name + CANARY_SUFFIX;
  }
}
