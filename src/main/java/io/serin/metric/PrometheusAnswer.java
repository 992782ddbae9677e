package io.serin.metric;

import io.serin.http.OneLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads numbers out of the bodies of answers to queries. */
final class PrometheusAnswer {
  private static final Logger log = LoggerFactory.getLogger(PrometheusAnswer.class);
  private static final String UNREADABLE = "error unmarshaling result: ";

  private PrometheusAnswer() {}

  static Reading read(String body, String query) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(body);
    } catch (JacksonException _) {
      return unreadable(body);
    }
    String status = root.path("status").stringValue("");
    if (status.equals("error")) {
      return failed(
          root.path("errorType").asString("error") + ": " + root.path("error").asString(""));
    }
    return status.equals("success") ? result(root.path("data"), query) : unreadable(body);
  }

  /** The readings of a range query at each step; no data where the server has no sample. */
  static List<Reading> range(String body, TimeWindow window) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(body);
    } catch (JacksonException _) {
      return window.filled(unreadable(body));
    }
    if (!root.at("/data/resultType").stringValue("").equals("matrix")) {
      return window.filled(unreadable(body));
    }
    List<Reading> readings = new ArrayList<>(window.filled(new Reading.NoData()));
    for (JsonNode series : root.at("/data/result")) {
      for (JsonNode sample : series.path("values")) {
        long millis = Math.round(sample.path(0).asDouble() * 1000);
        int step = window.stepAt(Instant.ofEpochMilli(millis));
        if (step >= 0 && step < window.count()) {
          readings.set(step, number(sample));
        }
      }
    }
    return readings;
  }

  private static Reading result(JsonNode data, String query) {
    JsonNode result = data.path("result");
    return switch (data.path("resultType").stringValue("")) {
      case "vector", "" ->
          result.isArray() ? last(result, query) : failed(UNREADABLE + "no result");
      case "scalar" -> number(result);
      case "matrix" -> failed("query returned multiple values");
      case String other ->
          failed("query returned a " + other + "; write one that returns a vector or a scalar");
    };
  }

  /** The last series wins, as in Flagger. */
  private static Reading last(JsonNode series, String query) {
    Reading reading = new Reading.NoData();
    for (JsonNode one : series) {
      reading = sample(one);
      if (reading instanceof Reading.Failed) {
        return reading;
      }
    }
    if (series.size() > 1) {
      log.atWarn()
          .addKeyValue("query", OneLine.of(query))
          .log("a query returned several series, only the last counts; aggregate them");
    }
    return reading;
  }

  private static Reading sample(JsonNode series) {
    if (series.has("values") || series.has("histograms")) {
      return failed("query returned multiple values");
    }
    if (series.has("histogram")) {
      return failed(
          "query returned a native histogram; take a number from it, for example with"
              + " histogram_quantile or histogram_avg");
    }
    return number(series.path("value"));
  }

  private static Reading number(JsonNode timeAndValue) {
    String text = timeAndValue.path(1).asString("");
    return switch (text) {
      case "+Inf", "Inf" -> new Reading.Value(Double.POSITIVE_INFINITY);
      case "-Inf" -> new Reading.Value(Double.NEGATIVE_INFINITY);
      default -> finite(text);
    };
  }

  private static Reading finite(String text) {
    try {
      return Reading.of(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      return failed(UNREADABLE + "\"" + text + "\" is no number");
    }
  }

  private static Reading unreadable(String body) {
    String start = body.substring(0, Math.min(body.length(), 100));
    return failed(
        UNREADABLE
            + (body.isBlank()
                ? "the answer is empty"
                : "the answer is none of Prometheus: " + start)
            + "; check the address");
  }

  private static Reading failed(String error) {
    return new Reading.Failed(OneLine.of(error));
  }
}
