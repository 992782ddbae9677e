package io.serin.workload;

import io.serin.api.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The ports of a Service: its own first, then the discovered ones. */
final class ServicePorts {
  private static final String TCP = "TCP";

  private ServicePorts() {}

  /** Changes the ports in place, unless they differ in their order only. Node ports survive. */
  static void apply(ServiceSpec service, List<DiscoveredPort> discovered, ObjectNode serviceSpec) {
    List<JsonNode> live = List.copyOf(serviceSpec.path("ports").values());
    List<ObjectNode> wanted = new ArrayList<>();
    wanted.add(own(service));
    discovered.forEach(port -> wanted.add(discovered(port)));
    wanted.forEach(port -> keepNodePort(port, live));
    if (!sorted(wanted).equals(sorted(live))) {
      ArrayNode ports = serviceSpec.putArray("ports");
      wanted.forEach(ports::add);
    }
  }

  private static ObjectNode own(ServiceSpec service) {
    ObjectNode port =
        port(service.portName(), service.port(), service.effectiveTargetPort().toTree());
    if (!service.appProtocol().isEmpty()) {
      port.put("appProtocol", service.appProtocol());
    }
    return port;
  }

  private static ObjectNode discovered(DiscoveredPort port) {
    return port(port.name(), port.port(), JsonNodeFactory.instance.numberNode(port.port()));
  }

  private static ObjectNode port(String name, int number, JsonNode targetPort) {
    ObjectNode port = JsonNodeFactory.instance.objectNode();
    port.put("name", name).put("protocol", TCP).put("port", number).set("targetPort", targetPort);
    return port;
  }

  /** By name, else by number: the single port of a taken-over Service often has no name. */
  private static void keepNodePort(ObjectNode port, List<JsonNode> live) {
    same("name", port, live)
        .or(() -> same("port", port, live))
        .map(found -> found.path("nodePort"))
        .filter(JsonNode::isNumber)
        .ifPresent(nodePort -> port.set("nodePort", nodePort));
  }

  private static Optional<JsonNode> same(String field, ObjectNode port, List<JsonNode> live) {
    return live.stream().filter(other -> other.path(field).equals(port.path(field))).findFirst();
  }

  private static List<? extends JsonNode> sorted(List<? extends JsonNode> ports) {
    return ports.stream()
        .sorted(Comparator.comparingInt((JsonNode port) -> port.path("port").intValue(0)))
        .toList();
  }
}
