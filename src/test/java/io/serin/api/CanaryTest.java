package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {
  private final Canary full = Canary.of(Yaml.resource("/canaries/full.yaml"));

  @Test
  void aFullCanaryReadsWithoutFindings() {
    assertThat(full.problems()).isEmpty();
    assertThat(full.validate()).isEmpty();
  }

  @Test
  void metadataIsRead() {
    Metadata metadata = full.metadata();

    assertThat(metadata.namespace()).isEqualTo("web");
    assertThat(metadata.name()).isEqualTo("shop");
    assertThat(metadata.uid()).isEqualTo("0b4c1d7e-0001");
    assertThat(metadata.resourceVersion()).isEqualTo("41");
    assertThat(metadata.generation()).isEqualTo(7);
    assertThat(metadata.creationTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(metadata.labels()).containsExactly(Map.entry("team", "checkout"));
    assertThat(metadata.annotation(Names.POLICY)).isEqualTo("careful");
    assertThat(metadata.finalizers()).containsExactly(Names.FINALIZER);
    assertThat(metadata.isDeleting()).isFalse();
  }

  @Test
  void theSpecIsRead() {
    CanarySpec spec = full.spec();

    assertThat(spec.provider()).isEqualTo("istio");
    assertThat(spec.metricsServer()).isEqualTo("http://prometheus.monitoring:9090");
    assertThat(spec.progressDeadline()).isEqualTo(Duration.ofSeconds(90));
    assertThat(spec.targetRef()).isEqualTo(new TargetRef("apps/v1", "Deployment", "shop"));
    assertThat(spec.autoscalerRef())
        .isEqualTo(
            new AutoscalerRef(
                "keda.sh/v1alpha1",
                "ScaledObject",
                "shop-so",
                Map.of("requests", "sum(rate(http_requests_total{app=\"shop-primary\"}[1m]))"),
                new PrimaryScalerReplicas(2, 9)));
    assertThat(spec.ingressRef())
        .isEqualTo(new LocalRef("networking.k8s.io/v1", "Ingress", "shop-ingress", ""));
    assertThat(spec.routeRef())
        .isEqualTo(new LocalRef("apisix.apache.org/v2", "ApisixRoute", "shop-route", ""));
    assertThat(spec.upstreamRef())
        .isEqualTo(new LocalRef("gloo.solo.io/v1", "Upstream", "shop-upstream", "gloo-system"));
    assertThat(spec.revertOnDeletion()).isTrue();
  }

  @Test
  void theServiceIsRead() {
    ServiceSpec service = full.spec().service();

    assertThat(service.port()).isEqualTo(80);
    assertThat(service.portName()).isEqualTo("http-store");
    assertThat(service.effectiveTargetPort()).isEqualTo(IntOrString.of("http"));
    assertThat(service.gatewayRefs())
        .containsExactly(
            new GatewayRef(
                "gateway.networking.k8s.io", "Gateway", "infra", "public", "https", 443));
    assertThat(service.trafficPolicy())
        .hasToString(
            """
            {"connectionPool":{"http":{"http2MaxRequests":1000},"tcp":{"maxConnections":50}},\
            "loadBalancer":{"simple":"LEAST_REQUEST"},"outlierDetection":{"consecutive5xxErrors":3},\
            "tls":{"mode":"ISTIO_MUTUAL"}}\
            """);
    assertThat(service.rewrite())
        .isEqualTo(new Rewrite("/", "internal.example.com", "ReplacePrefixMatch"));
    assertThat(service.retries()).isEqualTo(new Retries(3, "1s", "gateway-error,connect-failure"));
    assertThat(service.headers())
        .isEqualTo(
            new Headers(
                new HeaderOperations(Map.of("x-a", "1"), Map.of("x-b", "2"), List.of("x-c")),
                new HeaderOperations(Map.of("x-d", "3"), Map.of("x-e", "4"), List.of("x-f"))));
    assertThat(service.mirror())
        .containsExactly(new Mirror(new BackendRef("", "Service", "lab", "shadow", 8081)));
    assertThat(service.unmanagedMetadata())
        .isEqualTo(new UnmanagedMetadata(List.of("owner"), List.of("cloud.example.com/neg")));
  }

  @Test
  void theRouteConditionsAreRead() {
    assertThat(full.spec().service().match())
        .containsExactly(
            new HttpMatch(
                "checkout",
                new StringMatch("", "/checkout", "", ""),
                new StringMatch("https", "", "", ""),
                new StringMatch("GET", "", "", ""),
                new StringMatch("", "", "", ".*\\.example\\.com"),
                Map.of("x-tenant", new StringMatch("blue", "", "", "")),
                8443,
                Map.of("app", "front"),
                List.of("mesh"),
                Map.of("beta", new StringMatch("1", "", "", "")),
                true,
                Map.of("x-robot", new StringMatch("", "bot", "", "")),
                "edge"));
  }

  @Test
  void theAnalysisIsRead() {
    Analysis analysis = full.analysis();

    assertThat(analysis.interval()).isEqualTo(Duration.ofSeconds(90));
    assertThat(analysis.threshold()).isEqualTo(5);
    assertThat(analysis.maxWeight()).isEqualTo(50);
    assertThat(analysis.stepWeightPromotion()).isEqualTo(25);
    assertThat(analysis.mirrorWeight()).isEqualTo(40);
    assertThat(analysis.metrics())
        .contains(
            new MetricCheck(
                "latency",
                "1m",
                null,
                new ThresholdRange(1.0, 500.0),
                "",
                new TemplateRef("latency", "metrics"),
                Map.of("reporter", "source")));
    assertThat(analysis.alerts())
        .containsExactly(
            new AlertRef("team", AlertSeverity.ERROR, new ProviderRef("team-chat", "chat")),
            new AlertRef("everybody", AlertSeverity.INFO, new ProviderRef("ops", "")));
    assertThat(analysis.webhooks(WebhookType.CONFIRM_PROMOTION))
        .containsExactly(
            new Webhook(
                "gate",
                WebhookType.CONFIRM_PROMOTION,
                "https://gate/",
                Duration.ofSeconds(15),
                2,
                true,
                true,
                Map.of()));
    assertThat(analysis.sessionAffinity())
        .isEqualTo(
            new SessionAffinity(
                "canary", "stable", "example.com", true, 3600, true, "/", "Strict", true));
  }

  @Test
  void theStatusIsRead() {
    Instant written = Instant.parse("2026-02-03T04:05:06Z");
    assertThat(full.status())
        .isEqualTo(
            new CanaryStatus(
                Phase.WAITING_PROMOTION,
                1,
                50,
                -1,
                "canary=abc",
                "canary=xyz",
                "stable=def",
                Map.of("configmap/shop", "0123456789abcdef"),
                "78cdc7b5f8",
                "5d9fbd8f77",
                written,
                List.of(
                    new Condition(
                        Condition.PROMOTED,
                        "Unknown",
                        "WaitingPromotion",
                        "Waiting for approval.",
                        written,
                        Instant.parse("2026-02-03T04:00:00Z")))));
  }

  @Test
  void aStatusIsWrittenAsItWasRead() {
    assertThat(full.status().toTree()).isEqualTo(Yaml.resource("/canaries/full.yaml").at("status"));
  }

  @Test
  void countersAreWrittenEvenWhenZero() {
    assertThat(CanaryStatus.NONE.toTree())
        .hasToString("{\"phase\":\"\",\"failedChecks\":0,\"canaryWeight\":0,\"iterations\":0}");
  }

  @Test
  void aChangedStatusKeepsTheRest() {
    CanaryStatus changed = full.status().change().phase(Phase.PROMOTING).canaryWeight(25).build();

    assertThat(changed.phase()).isEqualTo(Phase.PROMOTING);
    assertThat(changed.canaryWeight()).isEqualTo(25);
    assertThat(changed.change().phase(Phase.WAITING_PROMOTION).canaryWeight(50).build())
        .isEqualTo(full.status());
  }

  @Test
  void noTrackedConfigsAndNoneFoundAreDifferent() {
    Canary off = Canary.of(Yaml.object("{status: {}}"));
    Canary none = Canary.of(Yaml.object("{status: {trackedConfigs: {}}}"));

    assertThat(off.status().trackedConfigs()).isNull();
    assertThat(none.status().trackedConfigs()).isEmpty();
    assertThat(none.status().toTree().path("trackedConfigs").isObject()).isTrue();
  }

  @Test
  void namesFollowFromTheServiceAndTheTarget() {
    assertThat(full.apexName()).isEqualTo("store");
    assertThat(full.primaryServiceName()).isEqualTo("store-primary");
    assertThat(full.canaryServiceName()).isEqualTo("store-canary");
    assertThat(full.primaryName()).isEqualTo("shop-primary");
    assertThat(full.ref()).hasToString("Canary shop.web");
  }

  @Test
  void withoutAServiceNameClientsUseTheTargetsName() {
    assertThat(Yaml.analysing("stepWeight: 10").apexName()).isEqualTo("shop");
  }

  @Test
  void withoutAnAnalysisItIsSkipped() {
    Canary canary = Canary.of(Yaml.object(Yaml.CANARY));

    assertThat(canary.analysisSkipped()).isTrue();
    assertThat(canary.analysis().interval()).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource({
    "flagger.app/skipAnalysis, 'true', true",
    "flagger.app/skipAnalysis, 'True', true",
    "flagger.app/skipAnalysis, 'false', false",
    "flagger.app/suspend, 'true', false"
  })
  void anAnnotationSkipsTheAnalysis(String key, String value, boolean skipped) {
    KubeObject object =
        Yaml.object(Yaml.CANARY + "  analysis: {stepWeight: 10}")
            .with(tree -> tree.withObject("/metadata/annotations").put(key, value));

    assertThat(Canary.of(object).analysisSkipped()).isEqualTo(skipped);
  }

  @Test
  void annotationsSuspendAndForceARollback() {
    Canary suspended =
        Canary.of(Yaml.object("{metadata: {annotations: {flagger.app/suspend: 'true'}}}"));

    assertThat(suspended.suspended()).isTrue();
    assertThat(suspended.rollbackForced()).isFalse();
    assertThat(full.suspended()).isFalse();
    assertThat(full.rollbackForced()).isTrue();
  }
}
