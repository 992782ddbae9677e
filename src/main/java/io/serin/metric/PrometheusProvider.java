package io.serin.metric;

import io.serin.http.Http;
import io.serin.http.HttpAnswer;
import io.serin.http.HttpCall;
import io.serin.http.OneLine;
import io.serin.http.Uris;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instant queries to Prometheus and what speaks its API. See <a
 * href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries">the API</a>.
 */
final class PrometheusProvider implements Provider {
  static final String TYPE = "prometheus";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1024 * 1024;
  private static final Duration RANGE_LIMIT = Duration.ofMinutes(1);
  private static final int MOST_RANGE_BYTES = 32 * 1024 * 1024;

  /** Prometheus refuses more than 11,000 points of a series. */
  private static final int MOST_STEPS = 10_000;

  private static final String ALIVE = "vector(1)";
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Http http;
  private final String base;
  private final Map<String, List<String>> headers;
  private final boolean verified;
  private final Duration limit;

  private PrometheusProvider(
      Http http, String base, Map<String, List<String>> headers, boolean verified, Duration limit) {
    this.http = http;
    this.base = base;
    this.headers = headers;
    this.verified = verified;
    this.limit = limit;
  }

  static PrometheusProvider open(Backend backend, Http http) {
    return open(backend, http, LIMIT);
  }

  static PrometheusProvider open(Backend backend, Http http, Duration limit) {
    String base = endpoint(backend.address());
    boolean verified = !backend.insecureSkipVerify();
    return new PrometheusProvider(http, base, headers(backend), verified, limit);
  }

  @Override
  public Reading query(Query query) {
    try {
      return read(http.send(call(query.text())), query.text());
    } catch (IOException e) {
      return new Reading.Failed(OneLine.of("request failed: " + e.getMessage()));
    }
  }

  @Override
  public String offline() {
    return switch (query(new Query(ALIVE, Duration.ZERO))) {
      case Reading.Value(double one) when one == 1 -> "";
      case Reading.Failed(String error) -> "running query failed: " + error;
      case Reading.Value _, Reading.NoData _, Reading.Stale _ ->
          "value is not 1 for query: " + ALIVE;
    };
  }

  /**
   * What instant queries would have answered at each step of a window; never throws. See <a
   * href="https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries">the API</a>.
   */
  List<Reading> range(String query, TimeWindow window) {
    List<Reading> readings = new ArrayList<>();
    for (TimeWindow part : window.parts(MOST_STEPS)) {
      readings.addAll(part(query, part));
    }
    return readings;
  }

  private List<Reading> part(String query, TimeWindow window) {
    try {
      HttpAnswer answer = http.send(rangeCall(query, window));
      Reading problem = problem(answer, MOST_RANGE_BYTES);
      return problem == null
          ? PrometheusAnswer.range(answer.body(), window)
          : window.filled(problem);
    } catch (IOException e) {
      return window.filled(new Reading.Failed(OneLine.of("request failed: " + e.getMessage())));
    }
  }

  private HttpCall rangeCall(String query, TimeWindow window) {
    String times =
        "&start=%s&end=%s&step=%s"
            .formatted(window.from(), window.at(window.count() - 1), seconds(window.step()));
    URI uri = URI.create(base + "_range?query=" + encoded(query) + times);
    return new HttpCall("GET", uri, headers, "", RANGE_LIMIT, MOST_RANGE_BYTES, verified);
  }

  private static String seconds(Duration step) {
    return BigDecimal.valueOf(step.toMillis(), 3).toPlainString();
  }

  private HttpCall call(String query) {
    URI uri = URI.create(base + "?query=" + encoded(query));
    return new HttpCall("GET", uri, headers, "", limit, MOST_BYTES, verified);
  }

  private static String encoded(String query) {
    String text = BLANKS.matcher(query).replaceAll(" ").strip();
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Reading read(HttpAnswer answer, String query) {
    Reading problem = problem(answer, MOST_BYTES);
    return problem == null ? PrometheusAnswer.read(answer.body(), query) : problem;
  }

  private static @Nullable Reading problem(HttpAnswer answer, int most) {
    if (answer.status() >= 400) {
      String message = "error response: Status " + answer.statusLine() + ": " + answer.body();
      return new Reading.Failed(OneLine.of(message));
    }
    return answer.cut()
        ? new Reading.Failed(
            "the answer is longer than %d MiB; aggregate to a single series"
                .formatted(most / (1024 * 1024)))
        : null;
  }

  private static String endpoint(String address) {
    if (address.isBlank()) {
      throw new MetricException("address is missing; write for example http://prometheus:9090");
    }
    try {
      String whole = Uris.parse(address).toString();
      return whole.replaceFirst("[?#].*$", "").replaceFirst("/+$", "") + "/api/v1/query";
    } catch (IllegalArgumentException e) {
      throw new MetricException("address " + e.getMessage());
    }
  }

  /** Built anew for each provider: what others cache is never added to (D8, W35). */
  private static Map<String, List<String>> headers(Backend backend) {
    Map<String, List<String>> headers = new LinkedHashMap<>(backend.headers());
    String authorization = authorization(backend.credentials());
    if (!authorization.isEmpty()) {
      headers.keySet().removeIf("Authorization"::equalsIgnoreCase);
      headers.put("Authorization", List.of(authorization));
    }
    return headers;
  }

  private static String authorization(Map<String, String> credentials) {
    if (credentials.isEmpty()) {
      return "";
    }
    if (credentials.containsKey("token")) {
      return "Bearer " + credentials.get("token").strip();
    }
    String user = required(credentials, "username");
    String password = required(credentials, "password");
    return user.isEmpty() || password.isEmpty() ? "" : Uris.basicAuth(user + ":" + password);
  }

  private static String required(Map<String, String> credentials, String key) {
    String value = credentials.get(key);
    if (value == null) {
      throw new MetricException(
          TYPE
              + " credentials does not contain "
              + key
              + "; the Secret needs token, or username and password");
    }
    return value;
  }
}
