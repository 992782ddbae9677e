package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealCluster
class ConnectionIT {

  @Test
  void aKubeconfigIsEnoughToReadAndWrite(KubeApiServer server, @TempDir Path folder)
      throws IOException, InterruptedException {
    String namespace = server.newNamespace("connection");
    try (KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      RealClusters.installDefinitions(admin);
      RealClusters.grant(admin);
    }
    Path kubeconfig = Files.writeString(folder.resolve("config"), kubeconfig(server));
    ClusterOptions options =
        new ClusterOptions(kubeconfig.toString(), "", namespace, namespace, 50, 10);

    try (Connection connection = Connection.open(options, InstantSource.system());
        FabricCluster cluster = connection.cluster(() -> true)) {
      KubeObject config = KubeObject.of("v1", "ConfigMap", namespace, "colours");
      cluster.create(config);

      assertThat(cluster.read(config.ref())).isNotNull();
      assertThat(connection.world().list(Names.FLAGGER_API_VERSION, Names.CANARY, "")).isEmpty();
    }
  }

  private static String kubeconfig(KubeApiServer server) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts: [{name: test, context: {cluster: test, user: test}}]
    clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
    users: [{name: test, user: {token: "%s"}}]
    """
        .formatted(server.url(), server.certificate(), server.tokenFor(KubeApiServer.CONTROLLER));
  }
}
