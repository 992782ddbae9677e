package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serin.api.Phase;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Kubernetes' own garbage collector makes of the owner references that Serin writes. */
@RealCluster
class GarbageCollectionIT {

  /** The collector looks for new kinds of objects every half minute. */
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final String APPS = "apps/v1";
  private static final String ISTIO = "networking.istio.io/v1beta1";

  @Test
  void whatACanaryOwnsGoesWithItAndWhatItsUserOwnsStays() {
    try (KubeApiServer server = KubeApiServer.start();
        LiveNamespace run =
            new LiveNamespace(server, LiveNamespace.SERINS_DEFINITIONS, "garbage")) {
      // given
      server.startControllerManager("garbage-collector-controller");
      run.serve();
      run.apply(Live.deployment());
      run.apply(Live.canary("istio", Live.STEPS));
      run.reaches(Phase.INITIALIZED);
      run.release("6.0.1");
      run.reaches(Phase.SUCCEEDED);
      assertThat(owned(run)).containsOnly(true);
      assertThat(revisions(run)).isNotEmpty();
      // when
      run.delete("flagger.app/v1beta1", "Canary", "podinfo");
      // then
      await().atMost(LONG).until(() -> owned(run), all -> !all.contains(true));
      await().atMost(LONG).until(() -> revisions(run), List::isEmpty);
      assertThat(run.find(APPS, "Deployment", "podinfo")).isNotNull();
    }
  }

  private static List<Boolean> owned(LiveNamespace run) {
    return List.of(
        run.find(APPS, "Deployment", "podinfo-primary") != null,
        run.find("v1", "Service", "podinfo") != null,
        run.find("v1", "Service", "podinfo-primary") != null,
        run.find("v1", "Service", "podinfo-canary") != null,
        run.find(ISTIO, "VirtualService", "podinfo") != null,
        run.find(ISTIO, "DestinationRule", "podinfo-primary") != null,
        run.find(ISTIO, "DestinationRule", "podinfo-canary") != null);
  }

  private static List<String> revisions(LiveNamespace run) {
    return run
        .admin
        .apps()
        .controllerRevisions()
        .inNamespace(run.namespace)
        .list()
        .getItems()
        .stream()
        .map(revision -> revision.getMetadata().getName())
        .toList();
  }
}
