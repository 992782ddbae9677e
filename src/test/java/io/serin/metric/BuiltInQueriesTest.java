package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.TargetRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BuiltInQueriesTest {

  @ParameterizedTest
  @CsvSource({
    "istio, ISTIO",
    "smi:v1alpha2, ISTIO",
    "crossover, ISTIO",
    "linkerd, LINKERD",
    "appmesh, APP_MESH",
    "appmesh:v1beta2, APP_MESH",
    "nginx, NGINX",
    "contour, CONTOUR",
    "gloo, GLOO",
    "traefik, TRAEFIK",
    "skipper, SKIPPER",
    "kuma, KUMA",
    "osm, OSM",
    "apisix, APISIX",
    "knative, KNATIVE",
    "kubernetes, HTTP",
    "gatewayapi:v1, HTTP",
    "gatewayapi:v1beta1, HTTP"
  })
  void everyProviderHasItsObserver(String provider, Observer observer) {
    assertThat(Observer.of(provider)).isEqualTo(observer);
  }

  @Test
  void anUnknownProviderHasNone() {
    assertThat(Observer.of("nginx2")).isNull();
  }

  @Test
  void http() {
    BuiltInQueries queries = queries(Observer.HTTP, "Deployment");
    String selector =
        "{kubernetes_namespace=\"test\","
            + "kubernetes_pod_name=~\"podinfo-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)\"";

    assertThat(queries.successRate())
        .isEqualTo(
            successRate("http_request_duration_seconds_count" + selector, "status!~\"5.*\""));
    assertThat(queries.duration())
        .isEqualTo(
            "histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket"
                + selector
                + "}[1m])) by (le))");
    assertThat(Observer.HTTP.latency().factorAfter()).isEqualTo(1000);
  }

  @Test
  void istio() {
    BuiltInQueries queries = queries(Observer.ISTIO, "Deployment");
    String selector =
        "{reporter=\"destination\",destination_workload_namespace=\"test\","
            + "destination_workload=~\"podinfo\"";

    assertThat(queries.successRate())
        .isEqualTo(successRate("istio_requests_total" + selector, "response_code!~\"5.*\""));
    assertThat(queries.duration())
        .isEqualTo(
            "histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket"
                + selector
                + "}[1m])) by (le))");
  }

  @Test
  void nginx() {
    BuiltInQueries queries = queries(Observer.NGINX, "Deployment");
    String selector = "{namespace=\"test\",ingress=\"in\",canary!=\"\"";

    assertThat(queries.successRate())
        .isEqualTo(successRate("nginx_ingress_controller_requests" + selector, "status!~\"5.*\""));
    assertThat(queries.duration())
        .isEqualTo(
            "sum(rate(nginx_ingress_controller_response_duration_seconds_sum%1$s}[1m])) / sum(rate(nginx_ingress_controller_response_duration_seconds_count%1$s}[1m])) * 1000"
                .formatted(selector));
  }

  @Test
  void skipperWritesNamesWithUnderscoresOnly() {
    BuiltInQueries queries =
        new BuiltInQueries(
            Observer.SKIPPER,
            variables("my-app"),
            new TargetRef("apps/v1", "Deployment", "my-app"));

    assertThat(queries.successRate())
        .contains("route=~\"kube(ew)?_test__in_canary__.*__web_app_canary(_[0-9]+)?\",le=\"+Inf\"");
    assertThat(queries.duration())
        .contains("skipper_serve_route_duration_seconds_sum{route=~")
        .doesNotContain("le=");
  }

  @Test
  void traefiksDurationTakesEveryBucket() {
    BuiltInQueries queries = queries(Observer.TRAEFIK, "Deployment");

    assertThat(queries.successRate()).contains("le=\"+Inf\"");
    assertThat(queries.duration()).doesNotContain("le=\"+Inf\"").endsWith(" * 1000");
  }

  @Test
  void apisixMeasuresWholeRequests() {
    BuiltInQueries queries = queries(Observer.APISIX, "Deployment");

    assertThat(queries.duration())
        .contains("route=~\"test_ro-podinfo-canary_.+\",type=~\"request\"");
    assertThat(queries.successRate()).doesNotContain("type=");
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment,  podinfo-6c8f4d7b9-x2x4q,   podinfo-primary-6c8f4d7b9-x2x4q",
    "DaemonSet,   podinfo-x2x4q,             podinfo-primary-x2x4q",
    "StatefulSet, podinfo-0,                 podinfo-primary-0"
  })
  void d4_thePodsOfTheCanaryAreMeasuredNotThoseOfThePrimary(
      String kind, String canaryPod, String primaryPod) {
    String query = queries(Observer.HTTP, kind).successRate();
    String regex = query.replaceFirst(".*?kubernetes_pod_name=~\"([^\"]*)\".*", "$1");

    assertThat(canaryPod).matches(regex);
    assertThat(primaryPod).doesNotMatch(regex);
  }

  @Test
  void namesAreTakenLiterallyInRegexes() {
    BuiltInQueries queries =
        new BuiltInQueries(
            Observer.ISTIO, variables("a.b"), new TargetRef("apps/v1", "Deployment", "a.b"));

    assertThat(queries.successRate()).contains("destination_workload=~\"a\\\\.b\"");
  }

  @ParameterizedTest
  @EnumSource
  void everyObserverHasBothQueriesWithoutOpenVariables(Observer observer) {
    BuiltInQueries queries = queries(observer, "Deployment");

    assertThat(queries.successRate() + queries.duration()).doesNotContain("<", ">", "[]");
  }

  private static String successRate(String metricAndSelector, String good) {
    String all = "sum(rate(" + metricAndSelector + "}[1m]))";
    String ok = "sum(rate(" + metricAndSelector + "," + good + "}[1m]))";
    return "(" + ok + " or " + all + " * 0) / " + all + " * 100";
  }

  private static BuiltInQueries queries(Observer observer, String kind) {
    return new BuiltInQueries(
        observer, variables("podinfo"), new TargetRef("apps/v1", kind, "podinfo"));
  }

  private static Variables variables(String target) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("name", target);
    names.put("namespace", "test");
    names.put("target", target);
    names.put("service", "web-app");
    names.put("ingress", "in");
    names.put("route", "ro");
    names.put("interval", "1m");
    return new Variables(names, Map.of());
  }
}
