package io.serin.traffic;

import io.serin.api.KubeObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server fills into an HTTPRoute, by the defaults of its <a
 * href="https://github.com/kubernetes-sigs/gateway-api/blob/v1.4.0/config/crd/experimental/gateway.networking.k8s.io_httproutes.yaml">
 * CRD</a>.
 */
final class ApiServerDefaults {
  private ApiServerDefaults() {}

  static KubeObject httpRoute(KubeObject route) {
    return route.with(
        tree -> {
          JsonNode spec = tree.path("spec");
          for (JsonNode parent : spec.path("parentRefs")) {
            text(parent, "group", "gateway.networking.k8s.io");
            text(parent, "kind", "Gateway");
          }
          spec.path("rules").forEach(ApiServerDefaults::rule);
        });
  }

  private static void rule(JsonNode rule) {
    if (rule instanceof ObjectNode object && !object.has("matches")) {
      object.putArray("matches").addObject();
    }
    for (JsonNode match : rule.path("matches")) {
      if (match instanceof ObjectNode object) {
        text(Json.child(object, "path"), "type", "PathPrefix");
        text(object.path("path"), "value", "/");
      }
      match.path("headers").forEach(header -> text(header, "type", "Exact"));
      match.path("queryParams").forEach(param -> text(param, "type", "Exact"));
    }
    rule.path("filters").forEach(ApiServerDefaults::filter);
    for (JsonNode backend : rule.path("backendRefs")) {
      backend(backend);
      if (backend instanceof ObjectNode object && !object.has("weight")) {
        object.put("weight", 1);
      }
    }
  }

  private static void filter(JsonNode filter) {
    backend(filter.path("requestMirror").path("backendRef"));
    if (filter.path("cors") instanceof ObjectNode cors && !cors.has("maxAge")) {
      cors.put("maxAge", 5);
    }
  }

  private static void backend(JsonNode backend) {
    text(backend, "group", "");
    text(backend, "kind", "Service");
  }

  private static void text(JsonNode node, String field, String value) {
    if (node instanceof ObjectNode object && !object.has(field)) {
      object.put(field, value);
    }
  }
}
