package io.serin.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One metric that every analysis tick must find within its range.
 *
 * @param interval the query window as written, which is what templates render; {@code 1m} unless
 *     given, whatever the kind of metric (W22)
 * @param threshold deprecated single bound, used only without {@code thresholdRange}
 * @param query deprecated inline PromQL, empty when absent
 */
public record MetricCheck(
    String name,
    String interval,
    @Nullable Double threshold,
    @Nullable ThresholdRange thresholdRange,
    String query,
    @Nullable TemplateRef templateRef,
    Map<String, String> templateVariables) {

  public static final String REQUEST_SUCCESS_RATE = "request-success-rate";
  public static final String REQUEST_DURATION = "request-duration";
  private static final String DEFAULT_INTERVAL = "1m";
  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);

  public MetricCheck {
    templateVariables = Collections.unmodifiableMap(new LinkedHashMap<>(templateVariables));
  }

  static MetricCheck read(Fields f) {
    MetricCheck check =
        new MetricCheck(
            f.text("name"),
            interval(f),
            f.number("threshold"),
            f.object("thresholdRange", ThresholdRange::read),
            f.text("query"),
            f.object("templateRef", TemplateRef::read),
            f.textMap("templateVariables"));
    check.findProblems(f);
    return check;
  }

  private static String interval(Fields f) {
    String interval = f.text("interval", DEFAULT_INTERVAL);
    f.duration("interval", DEFAULT_WINDOW);
    return GoDuration.tryParse(interval).isPresent() ? interval : DEFAULT_INTERVAL;
  }

  /** The query window as a duration. */
  public Duration window() {
    return GoDuration.tryParse(interval).orElse(DEFAULT_WINDOW);
  }

  /** Measured by a query that comes with Serin, chosen by the metric's name. */
  public boolean isBuiltIn() {
    return name.equals(REQUEST_SUCCESS_RATE) || name.equals(REQUEST_DURATION);
  }

  private void findProblems(Fields f) {
    if (!isBuiltIn() && query.isEmpty() && templateRef == null) {
      f.error(
          "name",
          "is \"%s\", which is no built-in metric, and it has no source; give it a templateRef or a query, or name it %s or %s"
              .formatted(name, REQUEST_SUCCESS_RATE, REQUEST_DURATION));
    }
    if (templateRef != null && templateRef.name().isEmpty()) {
      f.error("templateRef.name", "is missing; write the name of a MetricTemplate");
    }
  }
}
