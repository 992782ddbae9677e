package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;
import io.avaje.jex.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The scrape. Always in the text format, as Flagger does: OpenMetrics has no room for a gauge and a
 * counter of one name, and Flagger's names need both.
 */
final class MetricsRoute implements HttpService {
  static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsRoute(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void add(Routing routing) {
    routing.get("/metrics", this::scrape);
  }

  private void scrape(Context context) {
    context.contentType(TEXT_FORMAT).write(registry.scrape(TEXT_FORMAT));
  }
}
