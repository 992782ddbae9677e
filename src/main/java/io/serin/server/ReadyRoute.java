package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;
import java.util.function.BooleanSupplier;

/**
 * The probe for updates: a process is ready once it could lead. Until then the one that it is to
 * replace should stay.
 */
public final class ReadyRoute implements HttpService {

  private final BooleanSupplier ready;

  /** Asks that each time. */
  public ReadyRoute(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public void add(Routing routing) {
    routing.get(
        "/readyz",
        context -> {
          boolean now = ready.getAsBoolean();
          context
              .status(now ? 200 : 503)
              .text(now ? "OK" : "starting: the caches are filled and the policies compiled");
        });
  }
}
