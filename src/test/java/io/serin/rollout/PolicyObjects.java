package io.serin.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.PromotionPolicy;
import io.serin.api.PromotionPolicyStatus;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Policies that authors keep in a cluster; those of a test go with its end. */
final class PolicyObjects implements AutoCloseable {

  private final KubernetesClient admin;
  private final List<Resource<GenericKubernetesResource>> applied = new ArrayList<>();

  PolicyObjects(KubernetesClient admin) {
    this.admin = admin;
  }

  static KubeObject cluster(String name, String spec) {
    return policy(Names.CLUSTER_PROMOTION_POLICY, "name: " + name, spec);
  }

  static KubeObject namespaced(String namespace, String name, String spec) {
    return policy(
        Names.PROMOTION_POLICY, "name: %s, namespace: %s".formatted(name, namespace), spec);
  }

  /**
   * A ConfigMap with the label that makes it a policy.
   *
   * @param data its entries, as YAML
   */
  static KubeObject configMap(String namespace, String name, String data) {
    return Scenario.yaml(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, namespace: %s, labels: {serin.dev/policy: ""}}
        data:
        %s
        """
            .formatted(name, namespace, data.indent(2)));
  }

  private static KubeObject policy(String kind, String metadata, String spec) {
    return Scenario.yaml(
        """
        apiVersion: serin.dev/v1alpha1
        kind: %s
        metadata: {%s}
        spec:
        %s
        """
            .formatted(kind, metadata, spec.indent(2)));
  }

  void apply(KubeObject policy) {
    Resource<GenericKubernetesResource> resource = resource(policy);
    resource.forceConflicts().serverSideApply();
    applied.add(resource);
  }

  /** Unlike {@link #apply}, goes through where fields are unknown. */
  KubeObject create(KubeObject policy) {
    Resource<GenericKubernetesResource> resource = resource(policy);
    KubeObject stored = object(resource.create());
    applied.add(resource);
    return stored;
  }

  void delete(KubeObject policy) {
    resource(policy).delete();
  }

  PromotionPolicyStatus status(KubeObject policy) {
    return PromotionPolicy.of(object(resource(policy).get())).status();
  }

  private Resource<GenericKubernetesResource> resource(KubeObject policy) {
    return admin.resource(
        admin
            .getKubernetesSerialization()
            .unmarshal(policy.tree().toString(), GenericKubernetesResource.class));
  }

  private KubeObject object(GenericKubernetesResource resource) {
    String json = admin.getKubernetesSerialization().asJson(resource);
    return new KubeObject((ObjectNode) JsonMapper.shared().readTree(json));
  }

  @Override
  public void close() {
    applied.forEach(Resource::delete);
  }
}
