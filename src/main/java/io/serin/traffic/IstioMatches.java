package io.serin.traffic;

import io.serin.api.AnalysisMatch;
import io.serin.api.Canary;
import io.serin.api.HttpMatch;
import io.serin.api.StringMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns {@code service.match} and {@code analysis.match} into a VirtualService's conditions. */
final class IstioMatches {
  /** What an entry of the analysis says replaces what the service says about the same thing. */
  private static final List<String> NARROWING = List.of("headers", "queryParams", "sourceLabels");

  private IstioMatches() {}

  /** All requests that the service takes; empty for every request. */
  static List<ObjectNode> service(Canary canary) {
    return canary.spec().service().match().stream().map(IstioMatches::match).toList();
  }

  /** Those of them that take part in the analysis. */
  static List<ObjectNode> audience(Canary canary) {
    List<ObjectNode> wanted = canary.analysis().match().stream().map(IstioMatches::match).toList();
    List<ObjectNode> taken = service(canary);
    if (taken.isEmpty()) {
      return wanted;
    }
    return wanted.stream()
        .flatMap(entry -> taken.stream().map(base -> narrowed(base, entry)))
        .toList();
  }

  /** Those of them that carry the cookie. */
  static List<ObjectNode> with(SessionCookie cookie, Canary canary) {
    List<ObjectNode> taken = service(canary);
    List<ObjectNode> bases = taken.isEmpty() ? List.of(Json.object()) : taken;
    return bases.stream().map(base -> withCookie(base, cookie)).toList();
  }

  /** The ports of TCP connections; an entry without one takes every connection. */
  static List<ObjectNode> ports(Canary canary) {
    return canary.spec().service().match().stream()
        .map(HttpMatch::port)
        .map(port -> port == 0 ? Json.object() : Json.object().put("port", port))
        .toList();
  }

  static List<String> problems(Canary canary) {
    List<String> problems = new ArrayList<>();
    List<AnalysisMatch> matches = canary.analysis().match();
    for (int i = 0; i < matches.size(); i++) {
      problems(matches.get(i), "spec.analysis.match[" + i + "]", problems);
    }
    return problems;
  }

  private static void problems(AnalysisMatch match, String field, List<String> problems) {
    if (match(match).isEmpty()) {
      problems.add(field + " names no condition; write headers, queryParams or sourceLabels");
    }
    match
        .headers()
        .forEach(
            (name, value) -> {
              if (!value.suffix().isEmpty()) {
                problems.add(
                    "%s.headers.%s uses suffix, which Istio lacks; write regex \".*%s\""
                        .formatted(field, name, value.suffix()));
              }
            });
  }

  private static ObjectNode narrowed(ObjectNode base, ObjectNode entry) {
    ObjectNode merged = base.deepCopy();
    NARROWING.stream()
        .filter(entry::has)
        .forEach(field -> merged.set(field, entry.path(field).deepCopy()));
    return merged;
  }

  private static ObjectNode withCookie(ObjectNode base, SessionCookie cookie) {
    ObjectNode merged = base.deepCopy();
    ObjectNode headers = Json.child(merged, "headers");
    List.copyOf(headers.propertyNames()).stream()
        .filter(name -> name.equalsIgnoreCase(SessionCookie.REQUEST_HEADER))
        .forEach(headers::remove);
    headers.putObject(SessionCookie.REQUEST_HEADER).put("regex", cookie.regex());
    return merged;
  }

  private static ObjectNode match(HttpMatch match) {
    ObjectNode tree = Json.object();
    tree.set("name", Json.textOrNull(match.name()));
    text(tree, "uri", match.uri());
    text(tree, "scheme", match.scheme());
    text(tree, "method", match.method());
    text(tree, "authority", match.authority());
    tree.set("port", Json.numberOrNull(match.port()));
    tree.set("gateways", Json.textsOrNull(match.gateways()));
    if (match.ignoreUriCase()) {
      tree.put("ignoreUriCase", true);
    }
    texts(tree, "withoutHeaders", match.withoutHeaders());
    tree.set("sourceNamespace", Json.textOrNull(match.sourceNamespace()));
    narrow(tree, match.headers(), match.queryParams(), match.sourceLabels());
    return (ObjectNode) Overlay.plain(tree);
  }

  private static ObjectNode match(AnalysisMatch match) {
    ObjectNode tree = Json.object();
    narrow(tree, match.headers(), match.queryParams(), match.sourceLabels());
    return (ObjectNode) Overlay.plain(tree);
  }

  private static void narrow(
      ObjectNode tree,
      Map<String, StringMatch> headers,
      Map<String, StringMatch> queryParams,
      Map<String, String> sourceLabels) {
    texts(tree, "headers", headers);
    texts(tree, "queryParams", queryParams);
    tree.set("sourceLabels", Json.mapOrNull(sourceLabels));
  }

  private static void texts(ObjectNode tree, String field, Map<String, StringMatch> matches) {
    if (!matches.isEmpty()) {
      ObjectNode node = tree.putObject(field);
      new TreeMap<>(matches).forEach((name, match) -> node.set(name, text(match)));
    }
  }

  private static void text(ObjectNode tree, String field, @Nullable StringMatch match) {
    if (match != null) {
      tree.set(field, text(match));
    }
  }

  /** A comparison; without an operator it asks that the header is there. */
  static JsonNode text(StringMatch match) {
    ObjectNode tree = Json.object();
    tree.set("exact", Json.textOrNull(match.exact()));
    tree.set("prefix", Json.textOrNull(match.prefix()));
    tree.set("regex", Json.textOrNull(match.regex()));
    return Overlay.plain(tree);
  }
}
