package io.serin.metric;

import io.serin.api.TargetRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The PromQL of the built-in metrics. */
final class BuiltInQueries {
  private static final Set<String> SKIPPER_NAMES =
      Set.of("name", "namespace", "ingress", "service", "target");

  private final Observer observer;
  private final Variables variables;
  private final String podSuffix;

  BuiltInQueries(Observer observer, Variables variables, TargetRef target) {
    this.observer = observer;
    this.variables = observer == Observer.SKIPPER ? wordsOnly(variables) : variables;
    this.podSuffix = podSuffix(target.kind());
  }

  /**
   * Percent of the requests that did not fail. Where every request failed there is no series of
   * good ones; the {@code or} makes that 0 % instead of no data. Without any request it is NaN or
   * empty.
   */
  String successRate() {
    String good = sumOfRate(observer.counter(), observer.goodSelector());
    String all = sumOfRate(observer.counter(), observer.selector());
    return "(%s or %s * 0) / %s * 100".formatted(good, all, all);
  }

  /** Duration of requests; times the latency's {@code factorAfter} it is in milliseconds. */
  String duration() {
    Latency latency = observer.latency();
    String query =
        switch (latency.statistic()) {
          case P99 ->
              "histogram_quantile(0.99, sum(%s) by (le))"
                  .formatted(rate(latency.family() + "_bucket", observer.latencySelector()));
          case MEAN ->
              sumOfRate(latency.family() + "_sum", observer.latencySelector())
                  + " / "
                  + sumOfRate(latency.family() + "_count", observer.latencySelector());
        };
    return latency.factorInQuery() == 1 ? query : query + " * " + latency.factorInQuery();
  }

  private String sumOfRate(String metric, List<LabelMatcher> selector) {
    return "sum(" + rate(metric, selector) + ")";
  }

  private String rate(String metric, List<LabelMatcher> selector) {
    String conditions =
        selector.stream()
            .map(matcher -> matcher.promql(variables, podSuffix))
            .collect(Collectors.joining(","));
    return "rate(%s{%s}[%s])".formatted(metric, conditions, variables.get("interval"));
  }

  /**
   * What follows the workload's name in names of its pods. It must not fit the primary's pods, or
   * the canary would be judged by them (D4).
   */
  private static String podSuffix(String kind) {
    return switch (kind) {
      case "DaemonSet" -> "-[0-9a-zA-Z]+";
      case "StatefulSet" -> "-[0-9]+";
      default -> "-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)";
    };
  }

  /** Skipper writes every other character of a name as an underscore. */
  private static Variables wordsOnly(Variables variables) {
    Map<String, String> names = new LinkedHashMap<>(variables.names());
    names.replaceAll(
        (name, value) ->
            SKIPPER_NAMES.contains(name) ? value.replaceAll("[^0-9A-Za-z_]", "_") : value);
    return new Variables(names, variables.own());
  }
}
