package io.serin.workload;

import io.serin.api.IntOrString;
import io.serin.api.KubeObject;
import io.serin.api.ServiceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds the container ports that the Services expose beside their own. What would make a Service
 * invalid is left out: a second port of the same number. A name taken by the Service's own port
 * gives way to a generated one.
 */
final class PortDiscovery {
  private final ServiceSpec service;
  private final Map<String, Integer> found = new LinkedHashMap<>();

  private PortDiscovery(ServiceSpec service) {
    this.service = service;
  }

  static List<DiscoveredPort> in(KubeObject workload, ServiceSpec service) {
    PortDiscovery discovery = new PortDiscovery(service);
    PodTemplate.containers(workload).forEach(discovery::scan);
    return discovery.found.entrySet().stream()
        .map(port -> new DiscoveredPort(port.getKey(), port.getValue()))
        .toList();
  }

  private void scan(JsonNode container) {
    int index = 0;
    for (JsonNode port : container.path("ports").values()) {
      String generated = "tcp-" + container.path("name").stringValue("") + "-" + index;
      add(port.path("name").stringValue(""), generated, port.path("containerPort").intValue(0));
      index++;
    }
  }

  private void add(String name, String generated, int number) {
    if (isServed(name, number) || number == service.port() || found.containsValue(number)) {
      return;
    }
    boolean nameless = name.isEmpty() || name.equals(service.portName());
    found.put(nameless ? generated : name, number);
  }

  /** Whether the Service's own port leads there already. */
  private boolean isServed(String name, int number) {
    IntOrString target = service.effectiveTargetPort();
    return target.isNumber() ? target.number() == number : target.name().equals(name);
  }
}
