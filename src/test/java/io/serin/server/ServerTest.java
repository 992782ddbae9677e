package io.serin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.jex.Routing.HttpService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ServerTest {
  private final AtomicBoolean ready = new AtomicBoolean();
  @AutoClose private final Metrics metrics = new Metrics();
  @AutoClose private final Server server = start(metrics, 0);
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void theProbeAnswersOk() throws Exception {
    HttpResponse<String> response = get("/healthz");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("OK");
  }

  @Test
  void whatIsNotReadyIsAliveNonetheless() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);

    ready.set(true);

    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("OK");
  }

  @Test
  void theScrapeIsPrometheusTextAndShowsTheProcess() throws Exception {
    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("content-type")).hasValue(Metrics.CONTENT_TYPE);
    assertThat(response.body())
        .contains("jvm_memory_used_bytes{", "process_uptime_seconds ", "jvm_info{");
  }

  @Test
  void aRouteHandedInIsServedAsJsonWithoutJackson2() throws Exception {
    assertThat(get("/api/answer").body()).isEqualTo("{\"answer\":42}");
  }

  @Test
  void theFailureOfARouteIsA500AndTheServerLives() throws Exception {
    HttpResponse<String> response = get("/api/broken");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("on purpose");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownPathIsA404() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void aRequestThatIsNeverFinishedIsLimited() {
    assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("5");
    assertThat(System.getProperty("sun.net.httpserver.idleInterval")).isEqualTo("15");
  }

  @Test
  void aTakenPortIsAnError() {
    assertThatThrownBy(() -> start(metrics, server.port()))
        .hasMessageContaining("port " + server.port());
  }

  @Test
  void onceClosedItListensNoMore() {
    server.close();

    assertThatThrownBy(() -> get("/healthz")).isInstanceOf(ConnectException.class);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private Server start(Metrics metrics, int port) {
    HttpService answer =
        routing -> routing.get("/api/answer", context -> context.json(Map.of("answer", 42)));
    HttpService broken =
        routing ->
            routing.get(
                "/api/broken",
                context -> {
                  throw new IllegalStateException("on purpose");
                });
    return Server.start(port, metrics, List.of(answer, broken, new ReadyRoute(ready::get)));
  }
}
