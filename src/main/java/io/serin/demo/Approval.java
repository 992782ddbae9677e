package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook that asks somebody whether a rollout may start. That somebody may take a while. */
final class Approval implements AutoCloseable {
  private final AtomicInteger refusals = new AtomicInteger();
  private final Loopback server = Loopback.serve("approval", this::answer);

  String url() {
    return server.url();
  }

  /** The next calls are refused. */
  void refuse(int calls) {
    refusals.set(calls);
  }

  @Override
  public void close() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    Loopback.send(
        exchange,
        refused ? 403 : 200,
        "text/plain",
        refused ? "nobody approved it yet" : "approved");
  }
}
