package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;

/** The probe: a process that answers is alive, whether it leads or not. */
final class HealthRoute implements HttpService {
  @Override
  public void add(Routing routing) {
    routing.get("/healthz", context -> context.text("OK"));
  }
}
