package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;
import io.avaje.jex.http.Context;

/** The scrape. */
final class MetricsRoute implements HttpService {
  private final Metrics metrics;

  MetricsRoute(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void add(Routing routing) {
    routing.get("/metrics", this::scrape);
  }

  private void scrape(Context context) {
    context.contentType(Metrics.CONTENT_TYPE).write(metrics.scrape());
  }
}
