package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The spec of the canary's Ingress, derived from the user's. */
final class NginxIngress {
  private NginxIngress() {}

  /** Whether any path leads to the apex Service. */
  static boolean leadsTo(String apex, KubeObject source) {
    return source.list("spec", "rules").stream()
        .flatMap(rule -> rule.path("http").path("paths").valueStream())
        .anyMatch(path -> service(path).path("name").stringValue("").equals(apex));
  }

  /**
   * The source's spec with the paths of the apex Service only, leading to the canary: other paths
   * of a shared Ingress are none of its business.
   */
  static ObjectNode spec(Canary canary, KubeObject source) {
    ObjectNode spec =
        source.at("spec") instanceof ObjectNode object ? object.deepCopy() : Json.object();
    Predicate<JsonNode> other =
        path -> !service(path).path("name").stringValue("").equals(canary.apexName());
    if (spec.get("rules") instanceof ArrayNode rules) {
      rules.forEach(rule -> redirect(rule, other, canary.canaryServiceName()));
      rules.removeIf(rule -> rule.path("http").path("paths").isEmpty());
    }
    return spec;
  }

  private static void redirect(JsonNode rule, Predicate<JsonNode> other, String service) {
    if (rule.path("http").path("paths") instanceof ArrayNode paths) {
      paths.removeIf(other);
      for (JsonNode path : paths) {
        if (service(path) instanceof ObjectNode backend) {
          backend.put("name", service);
        }
      }
    }
  }

  private static JsonNode service(JsonNode path) {
    return path.path("backend").path("service");
  }
}
