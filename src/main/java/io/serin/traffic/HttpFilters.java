package io.serin.traffic;

import io.serin.api.BackendRef;
import io.serin.api.Canary;
import io.serin.api.CorsPolicy;
import io.serin.api.GoDuration;
import io.serin.api.HeaderOperations;
import io.serin.api.Headers;
import io.serin.api.Names;
import io.serin.api.Rewrite;
import io.serin.api.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The filters of an HTTPRoute's rules. */
final class HttpFilters {
  private static final String REQUEST_HEADERS = "RequestHeaderModifier";
  private static final String RESPONSE_HEADERS = "ResponseHeaderModifier";
  private static final String MIRROR = "RequestMirror";
  private static final String REWRITE = "URLRewrite";

  /** What the API server fills in, in seconds. */
  private static final int DEFAULT_CORS_MAX_AGE = 5;

  private HttpFilters() {}

  /** What {@code spec.service} asks for, in a fixed order. */
  static List<ObjectNode> of(ServiceSpec service, boolean cors) {
    List<ObjectNode> filters = new ArrayList<>();
    Headers headers = service.headers();
    if (headers != null) {
      addHeaders(filters, headers);
    }
    Rewrite rewrite = service.rewrite();
    if (rewrite != null) {
      filters.add(rewrite(rewrite));
    }
    service.mirror().forEach(mirror -> filters.add(mirror(mirror.backendRef())));
    CorsPolicy policy = service.corsPolicy();
    if (cors && policy != null) {
      filters.add(cors(policy));
    }
    return filters;
  }

  /** Copies requests to the canary: all of them, or {@code analysis.mirrorWeight} percent. */
  static ObjectNode mirrorTo(Canary canary) {
    int port = canary.spec().service().port();
    ObjectNode filter = mirror(new BackendRef("", "Service", "", canary.canaryServiceName(), port));
    int percent = canary.analysis().mirrorWeight();
    if (percent > 0 && percent < Names.TOTAL_WEIGHT) {
      Json.child(filter, "requestMirror").put("percent", percent);
    }
    return filter;
  }

  static boolean isMirrorTo(String service, JsonNode filter) {
    return filter.path("type").stringValue("").equals(MIRROR)
        && filter
            .path("requestMirror")
            .path("backendRef")
            .path("name")
            .stringValue("")
            .equals(service);
  }

  /** Hands a cookie to the clients of one backend. */
  static ObjectNode setCookie(String value) {
    return headers(RESPONSE_HEADERS, cookieOnly(value));
  }

  /**
   * The filters with one more cookie in the response. A rule may hold one response header filter
   * only, so that one is extended where it exists.
   */
  static List<ObjectNode> withCookie(ServiceSpec service, boolean cors, String value) {
    Headers headers = service.headers();
    HeaderOperations response = headers == null ? null : headers.response();
    ObjectNode filter =
        headers(
            RESPONSE_HEADERS, response == null ? cookieOnly(value) : withCookie(response, value));
    List<ObjectNode> filters = of(service, cors);
    for (int i = 0; i < filters.size(); i++) {
      if (isType(RESPONSE_HEADERS, filters.get(i))) {
        filters.set(i, filter);
        return filters;
      }
    }
    filters.add(filter);
    return filters;
  }

  /** Whether the path's prefix is replaced, which the API allows beside one path only. */
  static boolean replacesPrefix(ServiceSpec service) {
    Rewrite rewrite = service.rewrite();
    return rewrite != null && !rewrite.uri().isEmpty() && replacesPrefix(rewrite);
  }

  private static boolean replacesPrefix(Rewrite rewrite) {
    return rewrite.pathType().equals("ReplacePrefixMatch");
  }

  private static HeaderOperations cookieOnly(String value) {
    return new HeaderOperations(Map.of(SessionCookie.RESPONSE_HEADER, value), Map.of(), List.of());
  }

  /** Header names are compared without case; the new cookie takes the place of an equal name. */
  private static HeaderOperations withCookie(HeaderOperations response, String value) {
    Map<String, String> add = new TreeMap<>(response.add());
    add.keySet().removeIf(name -> name.equalsIgnoreCase(SessionCookie.RESPONSE_HEADER));
    add.put(SessionCookie.RESPONSE_HEADER, value);
    return new HeaderOperations(add, response.set(), response.remove());
  }

  private static boolean isType(String type, JsonNode filter) {
    return filter.path("type").stringValue("").equals(type);
  }

  private static ObjectNode filter(String type, String field, JsonNode content) {
    ObjectNode filter = Json.object().put("type", type);
    filter.set(field, content);
    return filter;
  }

  private static void addHeaders(List<ObjectNode> filters, Headers headers) {
    HeaderOperations request = headers.request();
    if (request != null) {
      filters.add(headers(REQUEST_HEADERS, request));
    }
    HeaderOperations response = headers.response();
    if (response != null) {
      filters.add(headers(RESPONSE_HEADERS, response));
    }
  }

  private static ObjectNode headers(String type, HeaderOperations operations) {
    ObjectNode content = Json.object();
    content.set("add", pairs(operations.add()));
    content.set("set", pairs(operations.set()));
    content.set("remove", Json.textsOrNull(operations.remove()));
    String field =
        type.equals(REQUEST_HEADERS) ? "requestHeaderModifier" : "responseHeaderModifier";
    return filter(type, field, content);
  }

  private static JsonNode pairs(Map<String, String> headers) {
    return Json.arrayOrNull(
        new TreeMap<>(headers)
            .entrySet().stream()
                .map(
                    header ->
                        Json.object().put("name", header.getKey()).put("value", header.getValue()))
                .toList());
  }

  private static ObjectNode rewrite(Rewrite rewrite) {
    ObjectNode content = Json.object();
    content.set("hostname", Json.textOrNull(rewrite.authority()));
    content.set("path", Json.textOrNull(""));
    if (!rewrite.uri().isEmpty()) {
      ObjectNode path = Json.object().put("type", rewrite.pathType());
      path.putNull("replacePrefixMatch").putNull("replaceFullPath");
      path.put(replacesPrefix(rewrite) ? "replacePrefixMatch" : "replaceFullPath", rewrite.uri());
      content.set("path", path);
    }
    return filter(REWRITE, "urlRewrite", content);
  }

  private static ObjectNode mirror(BackendRef to) {
    ObjectNode backend = Json.object().put("group", to.group()).put("kind", to.kind());
    backend.set("namespace", Json.textOrNull(to.namespace()));
    backend.put("name", to.name());
    backend.set("port", Json.numberOrNull(to.port()));
    ObjectNode content = Json.object();
    content.set("backendRef", backend);
    content.putNull("percent").putNull("fraction");
    return filter(MIRROR, "requestMirror", content);
  }

  private static ObjectNode cors(CorsPolicy policy) {
    ObjectNode content = Json.object();
    content.set("allowOrigins", Json.textsOrNull(policy.allowOrigin()));
    content.set("allowMethods", Json.textsOrNull(policy.allowMethods()));
    content.set("allowHeaders", Json.textsOrNull(policy.allowHeaders()));
    content.set("exposeHeaders", Json.textsOrNull(policy.exposeHeaders()));
    content.putNull("allowCredentials");
    if (policy.allowCredentials()) {
      content.put("allowCredentials", true);
    }
    content.put("maxAge", maxAge(policy));
    return filter("CORS", "cors", content);
  }

  private static int maxAge(CorsPolicy policy) {
    return GoDuration.tryParse(policy.maxAge())
        .map(Duration::toSeconds)
        .filter(seconds -> seconds > 0 && seconds <= Integer.MAX_VALUE)
        .map(Long::intValue)
        .orElse(DEFAULT_CORS_MAX_AGE);
  }
}
