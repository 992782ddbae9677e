package io.serin.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicySpec;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What Kubernetes' own garbage collector makes of the versions of policies that Serin keeps. */
@RealCluster
class GarbageCollectionIT {

  private static final Duration SOON = Duration.ofMinutes(3);

  @Test
  void theKeptVersionOfAPolicyGoesWithIt() {
    try (KubeApiServer server = KubeApiServer.start();
        KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      RealClusters.apply(admin, Path.of("crds/clusterpromotionpolicies.yaml"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  new Kinds(admin).find(Names.SERIN_API_VERSION, Names.CLUSTER_PROMOTION_POLICY)
                      != null);
      server.startControllerManager("garbage-collector-controller");
      String home = server.newNamespace("home");
      try (FabricWorld world = new FabricWorld(admin, "");
          FabricCluster cluster =
              new FabricCluster(
                  admin, world, ClusterOptions.DEFAULT, () -> true, InstantSource.system())) {
        // given
        admin.resource(policy().tree().toString()).create();
        await().atMost(SOON).until(() -> world.get(policy().ref()) != null);
        new PolicyRevisions(world, home).keep(cluster, policy().ref(), PromotionPolicySpec.EMPTY);
        ObjectRef kept =
            PolicyRevision.list(world, requireNonNull(world.get(policy().ref())), home)
                .getFirst()
                .ref();
        assertThat(cluster.read(kept)).isNotNull();
        // when
        admin.resource(policy().tree().toString()).delete();
        // then
        await().atMost(SOON).until(() -> cluster.read(kept) == null);
      }
    }
  }

  private static KubeObject policy() {
    return KubeObject.of(Names.SERIN_API_VERSION, Names.CLUSTER_PROMOTION_POLICY, "", "strict")
        .with(tree -> tree.withObject("spec").put("base", "default"));
  }
}
