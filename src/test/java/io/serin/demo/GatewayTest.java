package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  @AutoClose private final EmbeddedCluster cluster = EmbeddedCluster.start();
  @AutoClose private final Http http = new Http();
  private final KubernetesClient client = cluster.client();
  private final Pods pods = new Pods();
  private final Metrics metrics = new Metrics(InstantSource.system());
  @AutoClose private final Pod primary = pod("podinfo-primary");
  @AutoClose private final Pod canary = pod("podinfo");

  @AutoClose private final Gateway gateway = new Gateway(client, pods, InstantSource.system());

  @BeforeEach
  void servicesAndPods() {
    client.resource(Manifests.service("podinfo-primary", "podinfo-primary")).create();
    client.resource(Manifests.service("podinfo-canary", "podinfo")).create();
    List.of(primary, canary)
        .forEach(
            pod -> {
              pods.add(pod);
              pod.becomeReady();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void nothingGoesToABackendOfWeightZero(int weight) throws InterruptedException {
    route(100 - weight, weight);

    assertThat(canaryShare(100)).isEqualTo(weight / 100.0);
  }

  @Test
  void requestsAreSplitByTheWeights() throws InterruptedException {
    route(80, 20);

    // Five standard deviations of 1,000 draws: fails once in two million runs.
    assertThat(canaryShare(1000)).isCloseTo(0.2, within(0.063));
  }

  @Test
  void aChangedWeightIsAcceptedInTheStatus() {
    route(100, 0);
    route(70, 30);

    assertThat(acceptedGeneration()).isEqualTo(2);
  }

  @Test
  void aHeaderChoosesTheRule() {
    route(
        """
        - matches: [{path: {type: PathPrefix, value: /}, headers: [{name: X-Canary, value: insider}]}]
          backendRefs: [{name: podinfo-primary, weight: 0}, {name: podinfo-canary, weight: 100}]
        - backendRefs: [{name: podinfo-primary, weight: 100}]
        """);

    assertThat(http.get(gateway.url(), Map.of("X-Canary", "insider")).pod())
        .isEqualTo(canary.name());
    assertThat(http.get(gateway.url(), Map.of("X-Canary", "other")).pod())
        .isEqualTo(primary.name());
  }

  @Test
  void aMirrorGetsACopyOfEachRequest() {
    route(
        """
        - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: podinfo-canary}}}]
          backendRefs: [{name: podinfo-primary, weight: 100}]
        """);

    assertThat(http.get(gateway.url()).pod()).isEqualTo(primary.name());
    await()
        .untilAsserted(
            () ->
                assertThat(metrics.last(Duration.ofMinutes(1)))
                    .extracting(Metrics.Request::pod)
                    .containsExactlyInAnyOrder(primary.name(), canary.name()));
  }

  @Test
  void aServiceWithoutReadyPodsIsUnavailable() {
    route(0, 100);
    pods.remove(canary);

    assertThat(http.get(gateway.url()).status()).isEqualTo(503);
  }

  @Test
  void whatNoRouteMatchesIsNotFound() {
    assertThat(http.get(gateway.url()).status()).isEqualTo(404);
  }

  private void route(int primaryWeight, int canaryWeight) {
    Manifests.route(client, primaryWeight, canaryWeight);
    awaitAcceptance();
  }

  private void route(String rules) {
    Manifests.route(client, rules);
    awaitAcceptance();
  }

  private void awaitAcceptance() {
    await()
        .until(() -> acceptedGeneration() == Manifests.read(client).getMetadata().getGeneration());
  }

  private long acceptedGeneration() {
    Number observed =
        Manifests.read(client).get("status", "parents", 0, "conditions", 0, "observedGeneration");
    return observed == null ? 0 : observed.longValue();
  }

  private double canaryShare(int requests) throws InterruptedException {
    try (ExecutorService users = Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
      List<Future<String>> answers =
          IntStream.range(0, requests)
              .mapToObj(_ -> users.submit(() -> http.get(gateway.url()).pod()))
              .toList();
      users.shutdown();
      assertThat(users.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      long canaries = answers.stream().filter(pod -> pod.resultNow().equals(canary.name())).count();
      return (double) canaries / requests;
    }
  }

  private Pod pod(String app) {
    return new Pod(
        Manifests.NAMESPACE, app + "-1-abcde", Map.of("app", app), "1", Release.GOOD, metrics);
  }
}
