package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which requests of an A/B test reach the canary; all conditions of one entry must hold. */
public record AnalysisMatch(
    Map<String, StringMatch> headers,
    Map<String, StringMatch> queryParams,
    Map<String, String> sourceLabels) {

  public AnalysisMatch {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    queryParams = Collections.unmodifiableMap(new LinkedHashMap<>(queryParams));
    sourceLabels = Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
  }

  static AnalysisMatch read(Fields f) {
    return new AnalysisMatch(
        f.map("headers", StringMatch::read),
        f.map("queryParams", StringMatch::read),
        f.textMap("sourceLabels"));
  }
}
