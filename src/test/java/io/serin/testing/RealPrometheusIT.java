package io.serin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealPrometheusTest
class RealPrometheusIT {

  @Test
  void aTargetIsScrapedWithItsLabels() throws IOException {
    try (MockWebServer target = new MockWebServer()) {
      target.setDispatcher(always("http_requests_total{code=\"200\"} 42\n"));
      target.start();
      String address = "127.0.0.1:" + target.getPort();
      try (HttpClient http = HttpClient.newHttpClient();
          RealPrometheus prometheus =
              RealPrometheus.scraping(
                  new RealPrometheus.Target(address, Map.of("namespace", "shop")))) {
        String query = "http_requests_total{namespace=\"shop\"}";

        JsonNode series =
            await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> query(http, prometheus, query), found -> !found.isMissingNode());

        assertThat(series.at("/metric/code").asString()).isEqualTo("200");
        assertThat(series.at("/value/1").asString()).isEqualTo("42");
      }
    }
  }

  private static JsonNode query(HttpClient http, RealPrometheus prometheus, String query)
      throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create(prometheus.url() + "/api/v1/query?query=" + encoded);
    String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(body).at("/data/result/0");
  }

  private static Dispatcher always(String body) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder()
            .setHeader("Content-Type", "text/plain; version=0.0.4")
            .body(body)
            .build();
      }
    };
  }
}
