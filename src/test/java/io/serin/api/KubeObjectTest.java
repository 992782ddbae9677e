package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KubeObjectTest {
  private final KubeObject object =
      Yaml.object(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: shop-primary
            namespace: web
            generation: 3
            deletionTimestamp: "2026-01-02T03:04:05Z"
            labels: {app: shop, odd: 1}
            finalizers: [a, b]
            ownerReferences:
              - {apiVersion: v1, kind: Other, name: other, uid: u1}
              - {apiVersion: flagger.app/v1beta1, kind: Canary, name: shop, uid: u2, controller: true}
          spec: {replicas: 2, paused: true}
          """);

  @Test
  void identityIsRead() {
    assertThat(object.ref())
        .isEqualTo(new ObjectRef("apps/v1", "Deployment", "web", "shop-primary"));
    assertThat(object.ref()).hasToString("Deployment shop-primary.web");
    assertThat(object.generation()).isEqualTo(3);
    assertThat(object.finalizers()).containsExactly("a", "b");
    assertThat(object.labels()).containsOnlyKeys("app");
    assertThat(object.isDeleting()).isTrue();
  }

  @Test
  void theControllerIsTheOwnerMarkedAsSuch() {
    assertThat(object.controllerOwner())
        .contains(new OwnerRef("flagger.app/v1beta1", "Canary", "shop", "u2"));
  }

  @Test
  void absentFieldsHaveTheGivenDefault() {
    assertThat(object.at("spec", "template", "spec").isMissingNode()).isTrue();
    assertThat(object.number(7, "spec", "replicas")).isEqualTo(2);
    assertThat(object.number(7, "spec", "minReadySeconds")).isEqualTo(7);
    assertThat(object.text("x", "spec", "paused")).isEqualTo("x");
    assertThat(object.flag(false, "spec", "paused")).isTrue();
    assertThat(object.list("spec", "replicas")).isEmpty();
    assertThat(object.has("spec", "replicas")).isTrue();
    assertThat(object.annotations()).isEmpty();
  }

  @Test
  void anEditLeavesTheOriginalAlone() {
    KubeObject edited = object.with(tree -> tree.withObject("/spec").put("replicas", 5));

    assertThat(edited.number(0, "spec", "replicas")).isEqualTo(5);
    assertThat(object.number(0, "spec", "replicas")).isEqualTo(2);
  }

  @Test
  void aNewObjectHasItsIdentityOnly() {
    KubeObject service = KubeObject.of("v1", "Service", "web", "shop");
    KubeObject node = KubeObject.of("v1", "Node", "", "n1");

    assertThat(service.tree())
        .hasToString(
            "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"shop\",\"namespace\":\"web\"}}");
    assertThat(node.ref()).hasToString("Node n1");
    assertThat(node.controllerOwner()).isEmpty();
    assertThat(node.isDeleting()).isFalse();
  }
}
