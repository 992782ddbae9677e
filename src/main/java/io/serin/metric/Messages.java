package io.serin.metric;

import io.serin.api.Canary;
import io.serin.api.GoDuration;
import io.serin.api.MetricCheck;
import io.serin.metric.Bounds.Side;
import java.time.Duration;

/** What is said about a measurement; the words of a check that does not pass are Flagger's. */
final class Messages {
  static final String NO_SOURCE =
      "Metric query failed for no usable metrics template and query were configured";
  private static final String NO_VALUES = "no values found";
  private static final double NANOS_PER_MILLI = 1e6;

  private final Canary canary;
  private final MetricCheck check;

  Messages(Canary canary, MetricCheck check) {
    this.canary = canary;
    this.check = check;
  }

  /** The value lies in its range. */
  String passed(Source source, double value, String range) {
    return switch (source) {
      case SUCCESS_RATE -> "success rate is " + GoFormat.twoDecimals(value) + "%, wanted " + range;
      case DURATION -> "request duration is " + millis(value) + ", wanted " + range + " ms";
      case INLINE, TEMPLATE ->
          check.name() + " is " + GoFormat.twoDecimals(value) + ", wanted " + range;
    };
  }

  /** The value left its range. */
  String violated(Source source, double value, Bounds bounds, Side side) {
    String sign = side == Side.BELOW ? "<" : ">";
    String comparison =
        switch (source) {
          case SUCCESS_RATE ->
              "success rate %s%% %s %s%%"
                  .formatted(
                      GoFormat.twoDecimals(value), sign, GoFormat.shortest(bounds.bound(side)));
          case DURATION ->
              "request duration %s %s %s"
                  .formatted(
                      duration(value, bounds.bound(side), side), sign, millis(bounds.bound(side)));
          case INLINE, TEMPLATE ->
              "%s %s %s %s"
                  .formatted(
                      check.name(),
                      GoFormat.twoDecimals(value),
                      sign,
                      GoFormat.shortest(bounds.bound(side)));
        };
    return "Halt %s.%s advancement %s".formatted(canary.name(), canary.namespace(), comparison);
  }

  /** The provider has no value. */
  String noData(Source source, String meshProvider) {
    return switch (source) {
      case SUCCESS_RATE -> noTraffic(meshProvider) + ": " + NO_VALUES;
      case DURATION -> noTraffic(meshProvider);
      case INLINE -> "Halt advancement no values found for metric: " + check.name();
      case TEMPLATE ->
          "Halt advancement no values found for custom metric: " + check.name() + ": " + NO_VALUES;
    };
  }

  /** The newest value is too old. */
  String stale(String reason) {
    return "Halt advancement the newest value of metric %s is stale: %s"
        .formatted(check.name(), reason);
  }

  /** The provider could not be asked or understood. */
  String failed(Source source, String error) {
    return switch (source) {
      case SUCCESS_RATE, DURATION -> "Prometheus query failed: " + error;
      case INLINE -> "Prometheus query failed for " + check.name() + ": " + error;
      case TEMPLATE -> "Metric query failed for " + check.name() + ": " + error;
    };
  }

  private String noTraffic(String meshProvider) {
    return "Halt advancement no values found for %s metric %s probably %s.%s is not receiving traffic"
        .formatted(meshProvider, check.name(), canary.targetName(), canary.namespace());
  }

  /** Whole milliseconds as in Flagger, unless the cut fraction is what left the range. */
  private static String duration(double value, double bound, Side side) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    boolean tells = side == Side.BELOW ? whole < bound : whole > bound;
    return millis(tells ? whole : value);
  }

  private static String millis(double millis) {
    return Double.isFinite(millis)
        ? GoDuration.format(Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI)))
        : GoFormat.shortest(millis);
  }
}
