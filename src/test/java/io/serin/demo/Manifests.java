package io.serin.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** Manifests of tests, in the namespace {@code demo}. */
final class Manifests {
  static final String NAMESPACE = "demo";

  private Manifests() {}

  static Deployment deployment(String name, String tag, int replicas) {
    Map<String, String> labels = Map.of("app", name);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("podinfod")
        .withImage("stefanprodan/podinfo:" + tag)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  static Service service(String name, String app) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withSelector(Map.of("app", app))
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  /** A route to the Services podinfo-primary and podinfo-canary. */
  static void route(KubernetesClient client, int primary, int canary) {
    route(
        client,
        """
        - backendRefs:
          - {name: podinfo-primary, port: 80, weight: %d}
          - {name: podinfo-canary, port: 80, weight: %d}
        """
            .formatted(primary, canary));
  }

  /** A route with these rules. */
  static void route(KubernetesClient client, String rules) {
    String yaml =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: podinfo, namespace: demo}
        spec:
          parentRefs: [{name: public}]
          rules:
        """
            + rules.indent(2);
    client.resource(yaml).createOr(existing -> existing.update());
  }

  static GenericKubernetesResource read(KubernetesClient client) {
    return client
        .genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute")
        .inNamespace(NAMESPACE)
        .withName("podinfo")
        .get();
  }
}
