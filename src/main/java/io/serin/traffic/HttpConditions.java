package io.serin.traffic;

import io.serin.api.AnalysisMatch;
import io.serin.api.Canary;
import io.serin.api.HttpMatch;
import io.serin.api.StringMatch;
import io.serin.traffic.HttpCondition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code service.match} and {@code analysis.match} into the Gateway API's conditions. What
 * the API has no operator for is a problem: leaving a condition out would widen the audience.
 */
final class HttpConditions {
  private final List<String> problems = new ArrayList<>();
  private final List<HttpCondition> service;
  private final List<HttpCondition> audience;

  HttpConditions(Canary canary) {
    service = service(canary.spec().service().match());
    audience = audience(canary.analysis().match());
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** All requests that the service takes; never empty. */
  List<HttpCondition> service() {
    return service;
  }

  /** Those of them that take part in the analysis. */
  List<HttpCondition> audience() {
    return audience.stream()
        .flatMap(wanted -> service.stream().map(taken -> taken.narrowedTo(wanted)))
        .toList();
  }

  /** Those of them that carry the cookie. */
  List<HttpCondition> with(SessionCookie cookie) {
    return service.stream().map(taken -> taken.with(cookie)).toList();
  }

  private List<HttpCondition> service(List<HttpMatch> matches) {
    List<HttpCondition> conditions = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      if (saysSomething(matches.get(i))) {
        conditions.add(condition(matches.get(i), "spec.service.match[" + i + "]"));
      }
    }
    return conditions.isEmpty() ? List.of(HttpCondition.ANY) : List.copyOf(conditions);
  }

  /** Whether it has anything that the Gateway API knows; the rest is Istio's. */
  private static boolean saysSomething(HttpMatch match) {
    return match.uri() != null
        || match.method() != null
        || !match.headers().isEmpty()
        || !match.queryParams().isEmpty();
  }

  private HttpCondition condition(HttpMatch match, String field) {
    return new HttpCondition(
        path(match.uri(), field + ".uri"),
        method(match.method(), field + ".method"),
        operands(match.headers(), field + ".headers"),
        operands(match.queryParams(), field + ".queryParams"));
  }

  private List<HttpCondition> audience(List<AnalysisMatch> matches) {
    List<HttpCondition> conditions = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      conditions.add(condition(matches.get(i), "spec.analysis.match[" + i + "]"));
    }
    return List.copyOf(conditions);
  }

  private HttpCondition condition(AnalysisMatch match, String field) {
    if (!match.sourceLabels().isEmpty()) {
      problems.add(
          field + ".sourceLabels has no counterpart in the Gateway API; write headers instead");
    } else if (match.headers().isEmpty() && match.queryParams().isEmpty()) {
      problems.add(field + " names no condition; write headers or queryParams");
    }
    return new HttpCondition(
        HttpCondition.ANY.path(),
        "",
        operands(match.headers(), field + ".headers"),
        operands(match.queryParams(), field + ".queryParams"));
  }

  private Operand path(@Nullable StringMatch uri, String field) {
    if (uri == null) {
      return HttpCondition.ANY.path();
    }
    if (!uri.regex().isEmpty()) {
      return new Operand("", Operand.REGEX, uri.regex());
    }
    if (!uri.exact().isEmpty()) {
      return new Operand("", Operand.EXACT, uri.exact());
    }
    if (uri.prefix().isEmpty()) {
      problems.add(field + " names no operator; write regex, exact or prefix");
    }
    return new Operand("", Operand.PATH_PREFIX, uri.prefix());
  }

  private String method(@Nullable StringMatch method, String field) {
    if (method == null) {
      return "";
    }
    if (method.exact().isEmpty()) {
      problems.add(field + " has no exact value; the Gateway API compares methods by exact only");
    }
    return method.exact();
  }

  private List<Operand> operands(Map<String, StringMatch> matches, String field) {
    return matches.entrySet().stream()
        .map(entry -> operand(entry.getKey(), entry.getValue(), field))
        .toList();
  }

  private Operand operand(String name, StringMatch match, String field) {
    if (!match.exact().isEmpty()) {
      return new Operand(name, Operand.EXACT, match.exact());
    }
    if (match.regex().isEmpty()) {
      problems.add(
          "%s.%s uses an operator that the Gateway API lacks; write exact or regex"
              .formatted(field, name));
    }
    return new Operand(name, Operand.REGEX, match.regex());
  }
}
