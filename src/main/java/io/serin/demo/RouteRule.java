package io.serin.demo;

import io.serin.api.KubeObject;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule of an HTTPRoute: requests that match go to one of the backends, by weight. See <a
 * href="https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule">HTTPRouteRule</a>.
 *
 * @param namespace namespace of the route and of its backends
 * @param matches a request has to satisfy one of them; every request when there is none
 * @param mirrors Services that get a copy of each request
 * @param backends Services that answer
 */
record RouteRule(
    String namespace, List<RouteMatch> matches, List<String> mirrors, List<Backend> backends) {

  /**
   * A Service that answers a share of the requests.
   *
   * @param weight 0 or more, relative to the sum of the rule's weights
   * @param headers added to its answers
   */
  record Backend(String service, int weight, List<Header> headers) {
    Backend {
      headers = List.copyOf(headers);
    }
  }

  /** A header of an answer. */
  record Header(String name, String value) {}

  RouteRule {
    matches = List.copyOf(matches);
    mirrors = List.copyOf(mirrors);
    backends = List.copyOf(backends);
  }

  /** The rules of a route in their order. */
  static List<RouteRule> of(KubeObject route) {
    return route.list("spec", "rules").stream().map(r -> of(route.namespace(), r)).toList();
  }

  boolean matches(RouteMatch.Request request) {
    return matches.isEmpty() || matches.stream().anyMatch(match -> match.accepts(request));
  }

  /**
   * The backend for a request.
   *
   * @param random 0 to below 1
   * @return null when every weight is 0
   */
  @Nullable Backend choose(double random) {
    double left = random * backends.stream().mapToInt(Backend::weight).sum();
    for (Backend backend : backends) {
      left -= backend.weight();
      if (left < 0) {
        return backend;
      }
    }
    return null;
  }

  private static RouteRule of(String namespace, JsonNode rule) {
    List<RouteMatch> matches = elements(rule, "matches").map(RouteMatch::of).toList();
    List<String> mirrors =
        elements(rule, "filters")
            .filter(filter -> type(filter).equals("RequestMirror"))
            .map(filter -> filter.path("requestMirror").path("backendRef").path("name"))
            .map(name -> name.stringValue(""))
            .toList();
    List<Backend> backends = elements(rule, "backendRefs").map(RouteRule::backend).toList();
    return new RouteRule(namespace, matches, mirrors, backends);
  }

  private static Backend backend(JsonNode ref) {
    List<Header> headers =
        elements(ref, "filters")
            .filter(filter -> type(filter).equals("ResponseHeaderModifier"))
            .map(filter -> filter.path("responseHeaderModifier"))
            .flatMap(change -> Stream.concat(elements(change, "set"), elements(change, "add")))
            .map(h -> new Header(h.path("name").stringValue(""), h.path("value").stringValue("")))
            .toList();
    return new Backend(ref.path("name").stringValue(""), ref.path("weight").intValue(1), headers);
  }

  private static String type(JsonNode filter) {
    return filter.path("type").stringValue("");
  }

  private static Stream<JsonNode> elements(JsonNode node, String list) {
    return StreamSupport.stream(node.path(list).spliterator(), false);
  }
}
