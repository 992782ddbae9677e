package io.serin.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.model.jackson.Jackson2JdkTypesModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Makes clients of a cluster. */
public final class Clients {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
  private static final int RETRIES = 2;

  private Clients() {}

  /**
   * A client, which the caller closes. No request is made.
   *
   * @throws ClusterException when the configuration cannot be read
   */
  public static KubernetesClient connect(ClusterOptions options) {
    return client(limited(config(options), options));
  }

  /** A client of the API server that a configuration names; the caller closes it. */
  static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(withoutModels())
        .build();
  }

  /**
   * Every object is kept as a tree here. The client would look for the classes of all kinds it
   * knows, read what a watch brings into one of them, and turn that into a tree.
   */
  private static KubernetesSerialization withoutModels() {
    JsonMapper json =
        JsonMapper.builderWithJackson2Defaults().addModule(new Jackson2JdkTypesModule()).build();
    KubernetesSerialization trees = new KubernetesSerialization(json, false);
    // How a watch learns that it has to list anew.
    trees.registerKubernetesResource(Status.class);
    return trees;
  }

  private static Config config(ClusterOptions options) {
    if (options.kubeconfig().isEmpty()) {
      return Config.autoConfigure(null);
    }
    Path file = Path.of(options.kubeconfig());
    if (!Files.isReadable(file)) {
      throw new ClusterException("cannot read kubeconfig " + file + ": name an existing file");
    }
    try {
      return Config.fromKubeconfig(file.toFile());
    } catch (KubernetesClientException e) {
      throw new ClusterException("cannot use kubeconfig " + file + ": " + OneLine.of(e), e);
    }
  }

  private static Config limited(Config config, ClusterOptions options) {
    ConfigBuilder builder =
        new ConfigBuilder(config)
            .withUserAgent("serin")
            .withConnectionTimeout((int) CONNECT_LIMIT.toMillis())
            .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
            .withRequestRetryBackoffLimit(RETRIES)
            .withRequestRetryBackoffInterval((int) RETRY_PAUSE.toMillis());
    if (!options.master().isEmpty()) {
      builder.withMasterUrl(options.master());
    }
    if (!options.namespace().isEmpty()) {
      builder.withNamespace(options.namespace());
    }
    return builder.build();
  }
}
