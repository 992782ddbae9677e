package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers instant queries in the way of a Prometheus that scrapes all the time: the built-in
 * queries of the generic HTTP observer and {@code vector(1)}, counted from the pods' requests over
 * the window of the query. Also serves the counters at {@code /metrics} for a real Prometheus.
 */
final class PrometheusApi implements AutoCloseable {
  private static final String JSON = "application/json";

  private final Metrics metrics;
  private final InstantSource clock;
  private final Loopback server;

  PrometheusApi(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
    this.server = Loopback.serve("prometheus", this::handle);
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/metrics" ->
          Loopback.send(exchange, 200, "text/plain; version=0.0.4", metrics.exposition());
      case "/api/v1/query" -> answer(exchange, query(exchange));
      default -> Loopback.send(exchange, 404, "text/plain", "only /metrics and /api/v1/query\n");
    }
  }

  private void answer(HttpExchange exchange, String query) throws IOException {
    if (query.strip().equals("vector(1)")) {
      Loopback.send(exchange, 200, JSON, vector(OptionalDouble.of(1)));
      return;
    }
    BuiltInQuery builtIn = BuiltInQuery.parse(query);
    if (builtIn == null) {
      Loopback.send(exchange, 400, JSON, refusal(query));
    } else {
      Loopback.send(exchange, 200, JSON, vector(evaluate(builtIn)));
    }
  }

  /** Empty when no request is in the window. */
  private OptionalDouble evaluate(BuiltInQuery query) {
    List<Metrics.Request> all =
        metrics.last(query.window()).stream().filter(r -> accepts(query.matchers(), r)).toList();
    if (all.isEmpty()) {
      return OptionalDouble.empty();
    }
    Double quantile = query.quantile();
    double value =
        quantile == null
            ? (double) all.stream().filter(r -> accepts(query.good(), r)).count() / all.size()
            : Quantiles.of(quantile, all.stream().mapToDouble(Metrics.Request::seconds));
    return OptionalDouble.of(value * query.factor());
  }

  private static boolean accepts(List<LabelMatcher> matchers, Metrics.Request request) {
    return matchers.stream().allMatch(m -> m.accepts(label(request, m.label())));
  }

  /** A label that a series lacks is empty, as in PromQL. */
  private static String label(Metrics.Request request, String label) {
    return switch (label) {
      case "kubernetes_namespace" -> request.namespace();
      case "kubernetes_pod_name" -> request.pod();
      case "status" -> Integer.toString(request.status());
      default -> "";
    };
  }

  private String vector(OptionalDouble value) {
    ObjectNode root = JsonMapper.shared().createObjectNode().put("status", "success");
    ArrayNode result = root.putObject("data").put("resultType", "vector").putArray("result");
    value.ifPresent(number -> sample(result.addObject(), number));
    return root.toString();
  }

  private void sample(ObjectNode series, double value) {
    series.putObject("metric");
    Instant now = clock.instant();
    series.putArray("value").add(now.toEpochMilli() / 1000.0).add(Double.toString(value));
  }

  private static String refusal(String query) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("status", "error")
        .put("errorType", "bad_data")
        .put("error", "the demo answers the built-in queries only, not: " + query)
        .toString();
  }

  private static String query(HttpExchange exchange) throws IOException {
    String form = exchange.getRequestURI().getRawQuery();
    if (form == null) {
      form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
    return Arrays.stream(form.split("&"))
        .filter(field -> field.startsWith("query="))
        .map(field -> URLDecoder.decode(field.substring(6), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }
}
