package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.serin.http.Http;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies follow https://prometheus.io/docs/prometheus/latest/querying/api/. */
class PrometheusProviderTest {
  private static final Query QUERY = new Query("up", Duration.ofMinutes(1));

  @AutoClose private final MockWebServer server = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @Test
  void theQueryGoesByGetWithBlanksCollapsed() throws Exception {
    enqueue(vector("1"));

    Query query = new Query("\n sum(rate(x{a=\"ü&b\"}[1m]))\n\t  / 2\n", Duration.ofMinutes(1));
    provider("").query(query);

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v1/query");
    assertThat(request.getUrl().queryParameter("query"))
        .isEqualTo("sum(rate(x{a=\"ü&b\"}[1m])) / 2");
    assertThat(request.getUrl().querySize()).isEqualTo(1);
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/,              /api/v1/query",
    "/prometheus,    /api/v1/query under base",
    "/prometheus/,   /api/v1/query under base",
    "/prometheus?x=y,/api/v1/query under base"
  })
  void aBasePathIsKept(String path, String expected) throws Exception {
    enqueue(vector("1"));

    provider(path).query(QUERY);

    String base = expected.endsWith("base") ? "/prometheus" : "";
    assertThat(server.takeRequest().getTarget()).isEqualTo(base + "/api/v1/query?query=up");
  }

  @Test
  void aTokenIsABearerTokenAndWins() throws Exception {
    assertThat(authorization(Map.of("token", "t\n", "username", "u", "password", "p")))
        .isEqualTo("Bearer t");
  }

  @Test
  void usernameAndPasswordAreBasicAuthentication() throws Exception {
    assertThat(authorization(Map.of("username", "u", "password", "p"))).isEqualTo("Basic dTpw");
  }

  @Test
  void headersAreSentWithAllTheirValues() throws Exception {
    enqueue(vector("1"));
    Backend backend =
        new Backend(
            "prometheus", url(""), Map.of("X-Scope-OrgID", List.of("a", "b")), Map.of(), "", false);

    PrometheusProvider.open(backend, http).query(QUERY);

    assertThat(server.takeRequest().getHeaders().values("X-Scope-OrgID")).containsExactly("a", "b");
  }

  @Test
  void d8_theTokenIsSentOnceHoweverOftenIsAsked() throws Exception {
    Backend backend =
        new Backend(
            "prometheus",
            url(""),
            Map.of("authorization", List.of("Basic old")),
            Map.of("token", "t"),
            "",
            false);
    for (int i = 0; i < 3; i++) {
      enqueue(vector("1"));
      PrometheusProvider.open(backend, http).query(QUERY);
      assertThat(server.takeRequest().getHeaders().values("Authorization"))
          .containsExactly("Bearer t");
    }
  }

  @Test
  void aSecretWithoutPasswordIsRefused() {
    assertThatThrownBy(() -> authorization(Map.of("username", "u")))
        .isInstanceOf(MetricException.class)
        .hasMessageStartingWith("prometheus credentials does not contain password");
  }

  @ParameterizedTest
  @CsvSource({"'', address is missing", "prometheus:9090, address \"prometheus:9090\" is no http"})
  void aBadAddressIsRefused(String address, String start) {
    assertThatThrownBy(() -> PrometheusProvider.open(Backend.prometheus(address), http))
        .isInstanceOf(MetricException.class)
        .hasMessageStartingWith(start);
  }

  static Stream<Arguments> answers() {
    String twoSeries =
        """
        {"status":"success","data":{"resultType":"vector","result":[
          {"metric":{"pod":"a"},"value":[1753000000.1,"97.5"]},
          {"metric":{"pod":"b"},"value":[1753000000.1,"99.25"]}]}}\
        """;
    return Stream.of(
        argumentSet("a value", vector("97.5"), value(97.5)),
        argumentSet("the last series wins", twoSeries, value(99.25)),
        argumentSet("exponent", vector("1.5e-7"), value(1.5e-7)),
        argumentSet("infinite", vector("+Inf"), value(Double.POSITIVE_INFINITY)),
        argumentSet("negative infinite", vector("-Inf"), value(Double.NEGATIVE_INFINITY)),
        argumentSet("NaN", vector("NaN"), new Reading.NoData()),
        argumentSet("no series", data("vector", "[]"), new Reading.NoData()),
        argumentSet("scalar", data("scalar", "[1753000000.1,\"3\"]"), value(3)),
        argumentSet("scalar NaN", data("scalar", "[1753000000.1,\"NaN\"]"), new Reading.NoData()),
        argumentSet(
            "matrix",
            data("matrix", "[{\"metric\":{},\"values\":[[1,\"1\"],[2,\"2\"]]}]"),
            failed("query returned multiple values")),
        argumentSet(
            "d9_nativeHistogram",
            data("vector", "[{\"metric\":{},\"histogram\":[1,{\"count\":\"1\",\"sum\":\"2\"}]}]"),
            failed(
                "query returned a native histogram; take a number from it, for example with"
                    + " histogram_quantile or histogram_avg")),
        argumentSet(
            "text",
            data("string", "[1,\"x\"]"),
            failed("query returned a string; write one that returns a vector or a scalar")),
        argumentSet(
            "no number",
            vector("many"),
            failed("error unmarshaling result: \"many\" is no number")),
        argumentSet(
            "error with status 200",
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse\\nerror\"}",
            failed("bad_data: parse error")),
        argumentSet(
            "nothing",
            "",
            failed("error unmarshaling result: the answer is empty; check the address")),
        argumentSet(
            "a web page",
            "<html>\n<body>Login</body></html>",
            failed(
                "error unmarshaling result: the answer is none of Prometheus: <html>"
                    + " <body>Login</body></html>; check the address")),
        argumentSet(
            "other JSON",
            "[1]",
            failed(
                "error unmarshaling result: the answer is none of Prometheus: [1]; check the"
                    + " address")));
  }

  @ParameterizedTest
  @MethodSource
  void answers(String body, Reading reading) {
    enqueue(body);

    assertThat(provider("").query(QUERY)).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource({"400, Client Error", "404, Client Error", "500, Server Error", "503, Server Error"})
  void anErrorStatusIsToldWithItsBody(int status, String reason) {
    server.enqueue(new MockResponse.Builder().code(status).body("bad\n query").build());

    assertThat(provider("").query(QUERY))
        .isEqualTo(failed("error response: Status " + status + " " + reason + ": bad query"));
  }

  @Test
  void anAnswerOfTenMegabytesIsRefusedUnread() {
    server.enqueue(
        new MockResponse.Builder().chunkedBody("x".repeat(10 * 1024 * 1024), 8192).build());

    assertThat(provider("").query(QUERY))
        .isEqualTo(failed("the answer is longer than 1 MiB; aggregate to a single series"));
  }

  @Test
  void aDeeplyNestedAnswerIsRefused() {
    enqueue("[".repeat(100_000));

    assertThat(provider("").query(QUERY)).isInstanceOf(Reading.Failed.class);
  }

  @Test
  void aServerThatNeverAnswersEndsWithinTheLimit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Backend backend = Backend.prometheus("http://127.0.0.1:" + silent.getLocalPort());

      Reading reading = PrometheusProvider.open(backend, http, Duration.ofMillis(100)).query(QUERY);

      assertThat(reading).isInstanceOf(Reading.Failed.class);
      assertThat(reading.toString()).contains("request failed: ");
    }
  }

  @Test
  void nobodyThereIsAFailure() throws Exception {
    String url;
    try (ServerSocket closed = new ServerSocket(0)) {
      url = "http://127.0.0.1:" + closed.getLocalPort();
    }

    assertThat(PrometheusProvider.open(Backend.prometheus(url), http).query(QUERY).toString())
        .contains("request failed: ")
        .contains("refused");
  }

  @Test
  void onlineMeansThatAVectorOfOneIsOne() throws Exception {
    enqueue(vector("1"));

    assertThat(provider("").offline()).isEmpty();
    assertThat(server.takeRequest().getUrl().queryParameter("query")).isEqualTo("vector(1)");
  }

  @Test
  void anotherValueIsOffline() {
    enqueue(vector("2"));

    assertThat(provider("").offline()).isEqualTo("value is not 1 for query: vector(1)");
  }

  @Test
  void aFailureIsOffline() {
    server.enqueue(new MockResponse.Builder().code(401).body("no").build());

    assertThat(provider("").offline())
        .isEqualTo("running query failed: error response: Status 401 Client Error: no");
  }

  private String authorization(Map<String, String> credentials) throws InterruptedException {
    Backend backend = new Backend("prometheus", url(""), Map.of(), credentials, "", false);
    Provider provider = PrometheusProvider.open(backend, http);
    enqueue(vector("1"));
    provider.query(QUERY);
    return String.valueOf(server.takeRequest().getHeaders().get("Authorization"));
  }

  private PrometheusProvider provider(String path) {
    return PrometheusProvider.open(Backend.prometheus(url(path)), http);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private void enqueue(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }

  private static Reading value(double value) {
    return new Reading.Value(value);
  }

  private static Reading failed(String error) {
    return new Reading.Failed(error);
  }

  private static String vector(String value) {
    return data("vector", "[{\"metric\":{},\"value\":[1753000000.1,\"" + value + "\"]}]");
  }

  private static String data(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
        .formatted(type, result);
  }
}
