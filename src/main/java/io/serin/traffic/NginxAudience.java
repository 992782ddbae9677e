package io.serin.traffic;

import io.serin.api.AnalysisMatch;
import io.serin.api.Canary;
import io.serin.api.StringMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The audience of an A/B test in terms of <a
 * href="https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary">
 * canary annotations</a>: one header and one cookie at most.
 */
final class NginxAudience {
  static final String BY_HEADER = "canary-by-header";
  static final String BY_HEADER_VALUE = "canary-by-header-value";
  static final String BY_HEADER_PATTERN = "canary-by-header-pattern";
  static final String BY_COOKIE = "canary-by-cookie";

  /** Every annotation that chooses an audience. */
  static final List<String> ALL = List.of(BY_HEADER, BY_HEADER_VALUE, BY_HEADER_PATTERN, BY_COOKIE);

  private static final String COOKIE = "cookie";

  private final Map<String, String> annotations = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  NginxAudience(Canary canary) {
    List<AnalysisMatch> matches = canary.analysis().match();
    for (int i = 0; i < matches.size(); i++) {
      read(matches.get(i), "spec.analysis.match[" + i + "]");
    }
  }

  /** Without the prefix and its slash. */
  Map<String, String> annotations() {
    return Map.copyOf(annotations);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  private void read(AnalysisMatch match, String field) {
    if (!match.queryParams().isEmpty()) {
      problems.add(field + ".queryParams is nothing NGINX can route by; write headers instead");
    }
    if (!match.sourceLabels().isEmpty()) {
      problems.add(field + ".sourceLabels is nothing NGINX can route by; write headers instead");
    }
    if (match.headers().isEmpty()) {
      problems.add(field + " names no header; write one header or the header cookie");
    }
    new TreeMap<>(match.headers())
        .forEach((name, value) -> read(name, value, field + ".headers." + name));
  }

  private void read(String name, StringMatch value, String field) {
    if (value.exact().isEmpty() && (name.equals(COOKIE) || value.regex().isEmpty())) {
      problems.add(
          "%s uses an operator that NGINX lacks; write %s"
              .formatted(field, name.equals(COOKIE) ? "exact" : "exact or regex"));
    } else if (name.equals(COOKIE)) {
      put(BY_COOKIE, value.exact(), "cookie", field);
    } else if (put(BY_HEADER, name, "header", field)) {
      boolean exact = !value.exact().isEmpty();
      annotations.put(
          exact ? BY_HEADER_VALUE : BY_HEADER_PATTERN, exact ? value.exact() : value.regex());
    }
  }

  private boolean put(String key, String value, String what, String field) {
    if (annotations.containsKey(key)) {
      problems.add(
          "%s is a second %s, NGINX routes by one; write a single %s".formatted(field, what, what));
      return false;
    }
    annotations.put(key, value);
    return true;
  }
}
