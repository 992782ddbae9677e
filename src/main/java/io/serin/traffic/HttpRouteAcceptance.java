package io.serin.traffic;

import io.serin.api.KubeObject;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether the gateways have taken up the current generation of an HTTPRoute. */
final class HttpRouteAcceptance {
  private HttpRouteAcceptance() {}

  /**
   * What is missing; empty when every parent that speaks of the route has accepted it. A parent
   * that never wrote a status counts as ready, some implementations write none.
   */
  static Optional<String> missing(KubeObject route) {
    return route.list("status", "parents").stream()
        .filter(status -> isParent(route, status.path("parentRef")))
        .flatMap(status -> missing(route, status).stream())
        .findFirst();
  }

  private static boolean isParent(KubeObject route, JsonNode ref) {
    return route.list("spec", "parentRefs").stream()
        .anyMatch(wanted -> defaulted(wanted).equals(defaulted(ref)));
  }

  private static JsonNode defaulted(JsonNode ref) {
    ObjectNode defaults = Json.object();
    defaults.put("group", "gateway.networking.k8s.io").put("kind", "Gateway");
    return Overlay.deep(defaults, ref);
  }

  private static Optional<String> missing(KubeObject route, JsonNode status) {
    String parent = status.path("parentRef").path("name").stringValue("");
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").stringValue("").equals("Accepted")) {
        return missing(route, condition, parent);
      }
    }
    return Optional.of("%s has no Accepted condition of parent %s".formatted(route.ref(), parent));
  }

  private static Optional<String> missing(KubeObject route, JsonNode condition, String parent) {
    String status = condition.path("status").stringValue("");
    if (!status.equals("True")) {
      return Optional.of(
          "%s is not accepted by parent %s: Accepted is %s, %s"
              .formatted(
                  route.ref(),
                  parent,
                  status,
                  condition.path("message").stringValue("no message")));
    }
    long seen = condition.path("observedGeneration").longValue(0);
    if (seen < route.generation()) {
      return Optional.of(
          "parent %s has seen generation %d of %s, which is at %d"
              .formatted(parent, seen, route.ref(), route.generation()));
    }
    return Optional.empty();
  }
}
