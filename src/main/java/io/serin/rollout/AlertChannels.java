package io.serin.rollout;

import io.serin.alert.Channel;
import io.serin.api.AlertProvider;
import io.serin.api.AlertProviderSpec;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.ProviderRef;
import io.serin.api.SecretRef;
import io.serin.api.World;
import io.serin.metric.Secrets;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how to reach the AlertProviders that Canaries name: from the caches, and a Secret's
 * content from whoever reads it.
 */
public final class AlertChannels {

  private final World world;
  private final Secrets secrets;
  private final boolean crossNamespaceRefs;

  /**
   * @param crossNamespaceRefs whether a Canary may name a provider of another namespace
   */
  public AlertChannels(World world, Secrets secrets, boolean crossNamespaceRefs) {
    this.world = world;
    this.secrets = secrets;
    this.crossNamespaceRefs = crossNamespaceRefs;
  }

  /** What came of looking for a channel. */
  sealed interface Sought {}

  /** It can be used. */
  record Found(Channel channel) implements Sought {}

  /**
   * It cannot.
   *
   * @param problem why, in one line
   */
  record Unusable(String problem) implements Sought {}

  /** Never throws. May send a request for the Secret. */
  Sought find(Canary canary, ProviderRef ref) {
    String namespace = ref.namespaceOr(canary.namespace());
    if (!crossNamespaceRefs && !namespace.equals(canary.namespace())) {
      return new Unusable("it is in another namespace, cross-namespace references are blocked");
    }
    KubeObject object =
        world.get(
            new ObjectRef(Names.FLAGGER_API_VERSION, Names.ALERT_PROVIDER, namespace, ref.name()));
    return object == null ? absent(ref) : channel(AlertProvider.of(object));
  }

  private Sought absent(ProviderRef ref) {
    return new Unusable(
        world.synced(Names.FLAGGER_API_VERSION, Names.ALERT_PROVIDER)
            ? "alertprovider.flagger.app \"" + ref.name() + "\" not found"
            : "the alert providers are not known yet");
  }

  private Sought channel(AlertProvider provider) {
    AlertProviderSpec spec = provider.spec();
    SecretRef ref = spec.secretRef();
    if (ref == null) {
      return channel(spec, Map.of(), "it has no address");
    }
    try {
      Optional<Map<String, String>> data = secrets.read(provider.namespace(), ref.name());
      return data.isEmpty()
          ? new Unusable("secret \"" + ref.name() + "\" not found")
          : channel(spec, data.get(), "secret \"" + ref.name() + "\" does not contain an address");
    } catch (RuntimeException e) {
      return new Unusable("secret \"" + ref.name() + "\" error: " + e.getMessage());
    }
  }

  private static Sought channel(
      AlertProviderSpec spec, Map<String, String> secret, String withoutAddress) {
    String address = secret.getOrDefault("address", spec.address()).strip();
    if (address.isEmpty()) {
      return new Unusable(withoutAddress);
    }
    return new Found(
        new Channel(
            spec.type(),
            address,
            secret.getOrDefault("token", "").strip(),
            spec.channel(),
            spec.username(),
            spec.proxy()));
  }
}
