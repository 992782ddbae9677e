package io.serin.demo;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Conditions on a request, all of which have to hold. See <a
 * href="https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch">HTTPRouteMatch</a>.
 *
 * @param method empty for every one
 * @param path matched against the whole path
 * @param headers by name in lower case, matched against the whole value
 * @param query by name, matched against the whole value
 */
record RouteMatch(
    String method, Pattern path, Map<String, Pattern> headers, Map<String, Pattern> query) {

  /**
   * What of a request is looked at.
   *
   * @param headers by name in lower case
   */
  record Request(
      String method, String path, Map<String, String> headers, Map<String, String> query) {
    Request {
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
    }
  }

  RouteMatch {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }

  static RouteMatch of(JsonNode match) {
    return new RouteMatch(
        match.path("method").stringValue(""),
        path(match.path("path")),
        patterns(match.path("headers"), true),
        patterns(match.path("queryParams"), false));
  }

  boolean accepts(Request request) {
    return (method.isEmpty() || method.equals(request.method()))
        && path.matcher(request.path()).matches()
        && all(headers, request.headers())
        && all(query, request.query());
  }

  private static boolean all(Map<String, Pattern> wanted, Map<String, String> values) {
    return wanted.entrySet().stream()
        .allMatch(
            want -> {
              String value = values.get(want.getKey());
              return value != null && want.getValue().matcher(value).matches();
            });
  }

  private static Pattern path(JsonNode path) {
    String value = path.path("value").stringValue("/");
    return switch (path.path("type").stringValue("PathPrefix")) {
      case "Exact" -> Pattern.compile(Pattern.quote(value));
      case "RegularExpression" -> Pattern.compile(value);
      default -> Pattern.compile(Pattern.quote(value.replaceFirst("/$", "")) + "(/.*)?");
    };
  }

  private static Map<String, Pattern> patterns(JsonNode conditions, boolean lowerCase) {
    return StreamSupport.stream(conditions.spliterator(), false)
        .collect(
            java.util.stream.Collectors.toMap(
                c -> lowerCase ? lower(name(c)) : name(c),
                RouteMatch::pattern,
                (first, _) -> first));
  }

  private static Pattern pattern(JsonNode condition) {
    String value = condition.path("value").stringValue("");
    boolean regex = condition.path("type").stringValue("Exact").equals("RegularExpression");
    return Pattern.compile(regex ? value : Pattern.quote(value));
  }

  private static String name(JsonNode condition) {
    return condition.path("name").stringValue("");
  }

  static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}
