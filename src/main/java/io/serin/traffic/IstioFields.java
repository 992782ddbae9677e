package io.serin.traffic;

import io.serin.api.CorsPolicy;
import io.serin.api.HeaderOperations;
import io.serin.api.Headers;
import io.serin.api.Retries;
import io.serin.api.Rewrite;
import io.serin.api.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code spec.service} asks of every HTTP rule of a VirtualService. */
final class IstioFields {
  /** Fields that would keep a rule from splitting, or would mirror elsewhere. */
  private static final List<String> FOREIGN =
      List.of(
          "redirect",
          "directResponse",
          "delegate",
          "mirror",
          "mirrors",
          "mirrorPercent",
          "mirror_percent",
          "mirrorPercentage");

  private static final HeaderOperations NONE = new HeaderOperations(Map.of(), Map.of(), List.of());

  private IstioFields() {}

  /** A rule without matches and destinations; null where a field must not be. */
  static ObjectNode rule(ServiceSpec service) {
    ObjectNode rule = Json.object();
    FOREIGN.forEach(rule::putNull);
    rule.set("rewrite", rewrite(service.rewrite()));
    rule.set("timeout", Json.textOrNull(service.timeout()));
    rule.set("retries", retries(service.retries()));
    rule.set("corsPolicy", cors(service.corsPolicy()));
    rule.set("headers", headers(service.headers()));
    return rule;
  }

  /** The header operations of the service, with one more cookie in the response. */
  static JsonNode headers(ServiceSpec service, String setCookie) {
    Headers headers = service.headers() == null ? new Headers(null, null) : service.headers();
    HeaderOperations response = headers.response() == null ? NONE : headers.response();
    Map<String, String> add = new TreeMap<>(response.add());
    add.keySet().removeIf(name -> name.equalsIgnoreCase(SessionCookie.RESPONSE_HEADER));
    add.put(SessionCookie.RESPONSE_HEADER, setCookie);
    HeaderOperations extended = new HeaderOperations(add, response.set(), response.remove());
    return headers(new Headers(headers.request(), extended));
  }

  static JsonNode responseCookie(String setCookie) {
    Map<String, String> add = Map.of(SessionCookie.RESPONSE_HEADER, setCookie);
    return headers(new Headers(null, new HeaderOperations(add, Map.of(), List.of())));
  }

  private static JsonNode headers(@Nullable Headers headers) {
    ObjectNode tree = Json.object();
    if (headers != null) {
      operations(tree, "request", headers.request());
      operations(tree, "response", headers.response());
    }
    return nullIfEmpty(tree);
  }

  private static void operations(
      ObjectNode tree, String field, @Nullable HeaderOperations operations) {
    if (operations != null) {
      ObjectNode node = tree.putObject(field);
      node.set("add", Json.mapOrNull(operations.add()));
      node.set("set", Json.mapOrNull(operations.set()));
      node.set("remove", Json.textsOrNull(operations.remove()));
    }
  }

  private static JsonNode rewrite(@Nullable Rewrite rewrite) {
    ObjectNode tree = Json.object();
    if (rewrite != null) {
      tree.set("uri", Json.textOrNull(rewrite.uri()));
      tree.set("authority", Json.textOrNull(rewrite.authority()));
    }
    return nullIfEmpty((ObjectNode) Overlay.plain(tree));
  }

  private static JsonNode retries(@Nullable Retries retries) {
    ObjectNode tree = Json.object();
    if (retries != null) {
      tree.put("attempts", retries.attempts());
      tree.set("perTryTimeout", Json.textOrNull(retries.perTryTimeout()));
      tree.set("retryOn", Json.textOrNull(retries.retryOn()));
    }
    return nullIfEmpty(tree);
  }

  private static JsonNode cors(@Nullable CorsPolicy policy) {
    ObjectNode tree = Json.object();
    if (policy != null) {
      tree.set("allowOrigin", Json.textsOrNull(policy.allowOrigin()));
      tree.set(
          "allowOrigins",
          Json.arrayOrNull(policy.allowOrigins().stream().map(IstioMatches::text).toList()));
      tree.set("allowMethods", Json.textsOrNull(policy.allowMethods()));
      tree.set("allowHeaders", Json.textsOrNull(policy.allowHeaders()));
      tree.set("exposeHeaders", Json.textsOrNull(policy.exposeHeaders()));
      tree.set("maxAge", Json.textOrNull(policy.maxAge()));
      if (policy.allowCredentials()) {
        tree.put("allowCredentials", true);
      }
    }
    return nullIfEmpty((ObjectNode) Overlay.plain(tree));
  }

  private static JsonNode nullIfEmpty(ObjectNode tree) {
    return tree.isEmpty() ? Json.textOrNull("") : tree;
  }
}
