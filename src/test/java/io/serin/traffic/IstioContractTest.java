package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.util.Map;

class IstioContractTest extends RouterContract {
  private static final String AFFINITY =
      "{cookieName: shop-canary, primaryCookieName: shop-primary, domain: shop.example.com}";

  IstioContractTest() {
    super("istio");
  }

  @Override
  Map<String, Canary> canaries() {
    String example = "istio-progressive-mirror";
    return Map.of(
        "progressive", Trees.canary(example),
        "A/B",
            Trees.canary(
                example,
                """
                service: {match: [{uri: {prefix: /a}}, {port: 8080}]}
                analysis:
                  stepWeight: null
                  iterations: 10
                  match: [{headers: {x-canary: {exact: insider}}}, {queryParams: {q: {exact: x}}}]
                """),
        "affinity",
            Trees.canary(
                example,
                """
                service:
                  headers: {response: {add: {x-served-by: shop}}}
                  match: [{uri: {prefix: /a}, headers: {Cookie: {regex: x}, b: {exact: y}}}]
                analysis: {sessionAffinity: %s}
                """
                    .formatted(AFFINITY)),
        "one cookie",
            Trees.canary(example, "{analysis: {sessionAffinity: {cookieName: shop-canary}}}"),
        "delegation",
            Trees.canary(
                example,
                "{service: {delegation: true, portDiscovery: true, hosts: null, gateways: null}}"),
        "TCP", Trees.canary(example, "{service: {appProtocol: TCP, match: [{port: 80}, {}]}}"));
  }

  @Override
  ObjectRef carrier() {
    return new ObjectRef("networking.istio.io/v1beta1", "VirtualService", "web", "shop");
  }

  @Override
  KubeObject foreign() {
    return Trees.object(
        """
        apiVersion: networking.istio.io/v1beta1
        kind: VirtualService
        metadata: {name: shop, namespace: web}
        spec:
          hosts: [old]
          exportTo: [.]
          http:
            - match: [{uri: {exact: /old}}]
              redirect: {uri: /new}
            - route: [{destination: {host: shop}}]
        """);
  }
}
