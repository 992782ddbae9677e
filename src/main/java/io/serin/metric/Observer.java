package io.serin.metric;

import static io.serin.metric.LabelMatcher.is;
import static io.serin.metric.LabelMatcher.isNot;
import static io.serin.metric.LabelMatcher.like;
import static io.serin.metric.LabelMatcher.unlike;

import io.serin.metric.Latency.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose metrics tell how the canary's requests went, and which they are. One constant per mesh,
 * ingress or application convention.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of, the elements are records
enum Observer {
  ISTIO(
      "istio|smi:.*|crossover",
      "istio_requests_total",
      unlike("response_code", "5.*"),
      new Latency(Statistic.P99, "istio_request_duration_milliseconds", 1),
      is("reporter", "destination"),
      is("destination_workload_namespace", "<namespace>"),
      like("destination_workload", "<target>")),
  LINKERD(
      "linkerd",
      "response_total",
      isNot("classification", "failure"),
      new Latency(Statistic.P99, "response_latency_ms", 1),
      is("namespace", "<namespace>"),
      like("deployment", "<target>"),
      is("direction", "inbound")),
  APP_MESH(
      "appmesh.*",
      Names.ENVOY_COUNTER,
      Names.ENVOY_OK,
      Names.ENVOY_LATENCY,
      is("kubernetes_namespace", "<namespace>"),
      like("kubernetes_pod_name", Names.PODS)),
  NGINX(
      "nginx",
      "nginx_ingress_controller_requests",
      unlike("status", "5.*"),
      new Latency(Statistic.MEAN, "nginx_ingress_controller_response_duration_seconds", 1000),
      is("namespace", "<namespace>"),
      is("ingress", "<ingress>"),
      isNot("canary", "")),
  CONTOUR(
      "contour",
      Names.ENVOY_COUNTER,
      Names.ENVOY_OK,
      Names.ENVOY_LATENCY,
      like("envoy_cluster_name", "<namespace>_<service>-canary_[0-9a-zA-Z-]+")),
  GLOO(
      "gloo.*",
      Names.ENVOY_COUNTER,
      Names.ENVOY_OK,
      Names.ENVOY_LATENCY,
      like(
          "envoy_cluster_name", "<namespace>-<target>-canaryupstream-[0-9a-zA-Z-]+_[0-9a-zA-Z-]+")),
  TRAEFIK(
      "traefik",
      "traefik_service_request_duration_seconds_bucket",
      unlike("code", "5.."),
      new Latency(Statistic.P99, "traefik_service_request_duration_seconds", 1000),
      like("service", "<namespace>-<target>-canary-[0-9a-zA-Z-]+@kubernetescrd"),
      Names.EVERY_BUCKET),
  SKIPPER(
      "skipper",
      "skipper_response_duration_seconds_bucket",
      unlike("code", "5.."),
      new Latency(Statistic.MEAN, "skipper_serve_route_duration_seconds", 1000),
      like("route", "kube(ew)?_<namespace>__<ingress>_canary__.*__<service>_canary(_[0-9]+)?"),
      Names.EVERY_BUCKET),
  KUMA(
      "kuma",
      Names.ENVOY_COUNTER,
      Names.ENVOY_OK,
      Names.ENVOY_LATENCY,
      like("service", "<target>-canary_<namespace>_svc_[0-9a-zA-Z-]+")),
  OSM(
      "osm",
      "osm_request_total",
      unlike("response_code", "5.*"),
      new Latency(Statistic.P99, "osm_request_duration_ms", 1),
      is("destination_namespace", "<namespace>"),
      is("destination_kind", "Deployment"),
      is("destination_name", "<target>")),
  APISIX(
      "apisix",
      "apisix_http_status",
      unlike("code", "5.."),
      new Latency(Statistic.P99, "apisix_http_latency", 1, like("type", "request")),
      like("route", "<namespace>_<route>-<target>-canary_.+")),
  KNATIVE(
      "knative",
      Names.ENVOY_COUNTER,
      Names.ENVOY_OK,
      Names.ENVOY_LATENCY,
      like("envoy_cluster_name", "<namespace>/<route>")),
  /** The application's own metrics. */
  HTTP(
      "kubernetes|gatewayapi.*",
      "http_request_duration_seconds_count",
      unlike("status", "5.*"),
      new Latency(Statistic.P99, "http_request_duration_seconds", 1, 1000),
      is("kubernetes_namespace", "<namespace>"),
      like("kubernetes_pod_name", Names.PODS));

  private final Pattern providers;
  private final String counter;
  private final LabelMatcher noError;
  private final Latency latency;
  private final List<LabelMatcher> selector;

  Observer(
      String providers,
      String counter,
      LabelMatcher noError,
      Latency latency,
      LabelMatcher... selector) {
    this.providers = Pattern.compile(providers);
    this.counter = counter;
    this.noError = noError;
    this.latency = latency;
    this.selector = List.of(selector);
  }

  /** The observer for a provider's name, null when the name is unknown. */
  static @Nullable Observer of(String provider) {
    return Arrays.stream(values())
        .filter(observer -> observer.providers.matcher(provider).matches())
        .findFirst()
        .orElse(null);
  }

  String counter() {
    return counter;
  }

  Latency latency() {
    return latency;
  }

  /** Selects the canary's requests. */
  List<LabelMatcher> selector() {
    return selector;
  }

  /** Selects the canary's requests that did not fail. */
  List<LabelMatcher> goodSelector() {
    List<LabelMatcher> all = new ArrayList<>(selector);
    all.add(noError);
    return all;
  }

  /** Selects the canary's requests among the series of durations. */
  List<LabelMatcher> latencySelector() {
    List<LabelMatcher> all = new ArrayList<>(selector);
    all.remove(Names.EVERY_BUCKET);
    all.addAll(latency.more());
    return all;
  }

  /** Constants that the constants need before they exist. */
  private static final class Names {
    static final String ENVOY_COUNTER = "envoy_cluster_upstream_rq";
    static final LabelMatcher ENVOY_OK = unlike("envoy_response_code", "5.*");
    static final Latency ENVOY_LATENCY =
        new Latency(Statistic.P99, "envoy_cluster_upstream_rq_time", 1);
    static final LabelMatcher EVERY_BUCKET = is("le", "+Inf");

    static final String PODS = "<target>" + LabelMatcher.POD_SUFFIX;
  }
}
