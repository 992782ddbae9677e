package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.util.List;
import java.util.Map;

class NginxContractTest extends RouterContract {
  NginxContractTest() {
    super("nginx");
  }

  @Override
  Map<String, Canary> canaries() {
    return Map.of(
        "progressive", Trees.canary("nginx-progressive"),
        "A/B", Trees.canary("nginx-ab-testing"),
        "A/B by pattern",
            Trees.canary(
                "nginx-ab-testing",
                "{analysis: {match: [{headers: {x-canary: null, x-a: {regex: b}}}]}}"));
  }

  @Override
  List<KubeObject> given() {
    return Trees.resource("nginx/source.yaml");
  }

  @Override
  ObjectRef carrier() {
    return new ObjectRef("networking.k8s.io/v1", "Ingress", "web", "shop-canary");
  }

  @Override
  KubeObject foreign() {
    return Trees.object(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop-canary, namespace: web}
        spec:
          rules:
            - host: old.example.com
        """);
  }
}
