package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.util.Map;

/** Both versions of the Gateway API. */
abstract class GatewayContract extends RouterContract {
  private final String apiVersion;

  GatewayContract(String version) {
    super("gatewayapi:" + version);
    apiVersion = "gateway.networking.k8s.io/" + version;
  }

  @Override
  Map<String, Canary> canaries() {
    return Map.of(
        "progressive", Trees.canary("gatewayapi-progressive"),
        "A/B", Trees.canary("gatewayapi-ab-testing"),
        "affinity", Trees.canary("gatewayapi-session-affinity"),
        "one cookie",
            Trees.canary(
                "gatewayapi-session-affinity",
                "{analysis: {sessionAffinity: {primaryCookieName: null}}}"),
        "everything",
            Trees.canary(
                "gatewayapi-session-affinity",
                """
                service:
                  timeout: 5s
                  backendTimeout: 2s
                  match:
                    - {uri: {prefix: /a}, method: {exact: GET}, headers: {b: {exact: x}, a: {regex: y}}}
                    - {headers: {cookie: {exact: z}}}
                    - {uri: {prefix: /}, queryParams: {z: {exact: x}, q: {exact: x}}}
                  rewrite: {uri: /x, authority: shop, type: ReplacePrefixMatch}
                  headers: {request: {add: {b: "1", a: "2"}, remove: [c]}}
                  corsPolicy: {allowOrigin: ["*"], allowCredentials: true, maxAge: 1d}
                  mirror: [{backendRef: {name: audit, port: 80}}]
                """));
  }

  @Override
  ObjectRef carrier() {
    return new ObjectRef(apiVersion, "HTTPRoute", "web", "shop");
  }

  @Override
  KubeObject foreign() {
    return Trees.object(
        """
        apiVersion: %s
        kind: HTTPRoute
        metadata: {name: shop, namespace: web}
        spec:
          parentRefs: [{name: old}]
          hostnames: [old.example.com]
          rules:
            - matches: [{path: {type: Exact, value: /old}}]
              filters: [{type: RequestRedirect, requestRedirect: {hostname: elsewhere}}]
            - backendRefs: [{name: shop, port: 8080}]
        """
            .formatted(apiVersion));
  }

  @Override
  KubeObject defaulted(KubeObject object) {
    return ApiServerDefaults.httpRoute(object);
  }
}
