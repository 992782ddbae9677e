package io.serin.policy.catalog;

import io.serin.api.Finding;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicy;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.World;
import io.serin.policy.PolicyFolder;
import io.serin.policy.catalog.PolicyKey.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers the policies of a cluster: the custom resources, and labelled ConfigMaps. A ConfigMap of
 * the controller's own namespace is a cluster policy; one of any other namespace only adds caution
 * there, since whoever may write it is trusted with no more.
 */
public final class ClusterSource {

  private static final List<String> KINDS =
      List.of(Names.CLUSTER_PROMOTION_POLICY, Names.PROMOTION_POLICY);

  private final World world;
  private final Catalog catalog;
  private final String home;

  /**
   * Of that cluster.
   *
   * @param home the controller's own namespace; with an empty one no ConfigMap is a cluster policy
   */
  public ClusterSource(World world, Catalog catalog, String home) {
    this.world = world;
    this.catalog = catalog;
    this.home = home;
  }

  /** Offers what the caches hold already and makes the cluster watch the rest. */
  public void start() {
    for (String kind : KINDS) {
      world.list(Names.SERIN_API_VERSION, kind, "").forEach(object -> changed(object.ref()));
    }
    world.list("v1", "ConfigMap", "").forEach(object -> changed(object.ref()));
  }

  /** Whether everything there is was offered; a kind that the cluster lacks holds nothing up. */
  public static boolean complete(World world) {
    return world.synced("v1", "ConfigMap")
        && KINDS.stream()
            .allMatch(
                kind ->
                    world.synced(Names.SERIN_API_VERSION, kind)
                        || world.absent(Names.SERIN_API_VERSION, kind));
  }

  /**
   * An object came, changed or went. One at a time: otherwise what was read first could be offered
   * last, and an outdated version would stay.
   */
  public synchronized void changed(ObjectRef ref) {
    if (ref.apiVersion().equals(Names.SERIN_API_VERSION) && KINDS.contains(ref.kind())) {
      PolicyKey key = new PolicyKey(Origin.RESOURCE, ref.namespace(), ref.name());
      KubeObject object = world.get(ref);
      offer(key, object == null ? null : resource(key, object));
    } else if (ref.kind().equals("ConfigMap")) {
      configMap(ref);
    }
  }

  private void configMap(ObjectRef ref) {
    PolicyKey key = key(ref);
    KubeObject object = world.get(ref);
    PolicyDefinition definition =
        object != null && object.labels().containsKey(Names.POLICY) ? configMap(key, object) : null;
    offer(key, definition);
  }

  private void offer(PolicyKey key, @Nullable PolicyDefinition definition) {
    if (definition == null) {
      catalog.withdraw(key);
    } else {
      catalog.offer(definition);
    }
  }

  private PolicyKey key(ObjectRef configMap) {
    boolean ours = configMap.namespace().equals(home);
    return new PolicyKey(Origin.CONFIG_MAP, ours ? "" : configMap.namespace(), configMap.name());
  }

  /** The object in the cluster that a policy is from; null for a directory. */
  public @Nullable ObjectRef object(PolicyKey key) {
    return switch (key.origin()) {
      case RESOURCE ->
          new ObjectRef(
              Names.SERIN_API_VERSION,
              key.namespaced() ? Names.PROMOTION_POLICY : Names.CLUSTER_PROMOTION_POLICY,
              key.namespace(),
              key.name());
      case CONFIG_MAP ->
          new ObjectRef("v1", "ConfigMap", key.namespaced() ? key.namespace() : home, key.name());
      case DIRECTORY -> null;
    };
  }

  private static PolicyDefinition resource(PolicyKey key, KubeObject object) {
    PromotionPolicy policy = PromotionPolicy.of(object);
    return new PolicyDefinition(
        key, policy.spec(), lines(policy.findings()), policy.metadata().generation());
  }

  private static PolicyDefinition configMap(PolicyKey key, KubeObject object) {
    List<Finding> findings = new ArrayList<>();
    PromotionPolicySpec spec = PolicyFolder.of(object.texts("data"), findings);
    return new PolicyDefinition(
        key, spec, findings.stream().map(f -> PolicyFolder.MANIFEST + ": " + f).toList(), 0);
  }

  private static List<String> lines(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.field().startsWith("spec"))
        .map(Finding::toString)
        .toList();
  }
}
