package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedClusterTest {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @AutoClose private final EmbeddedCluster cluster = EmbeddedCluster.start();
  private final KubernetesClient client = cluster.client();

  @BeforeEach
  void aRouteExists() {
    Manifests.route(client, 100, 0);
  }

  @Test
  void aMergePatchReplacesLists() {
    route().patch(MERGE, "{\"spec\":{\"rules\":[{\"backendRefs\":[]}]}}");

    List<?> rules = Manifests.read(client).get("spec", "rules");
    assertThat(rules).hasSize(1);
  }

  @Test
  void aMergePatchRemovesWhatItSetsToNull() {
    route().patch(MERGE, "{\"spec\":{\"parentRefs\":null}}");

    GenericKubernetesResource after = Manifests.read(client);
    assertThat((Object) after.get("spec", "parentRefs")).isNull();
    assertThat((Object) after.get("spec", "rules")).isNotNull();
  }

  @Test
  void aPatchOfTheSpecRaisesTheGenerationAndOneOfTheStatusDoesNot() {
    route().patch(MERGE, "{\"spec\":{\"hostnames\":[\"a\"]}}");
    route().subresource("status").patch(MERGE, "{\"status\":{\"parents\":[]}}");
    route().patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");

    GenericKubernetesResource after = Manifests.read(client);
    assertThat(after.getMetadata().getGeneration()).isEqualTo(2);
    assertThat((Object) after.get("status", "parents")).isNotNull();
  }

  @Test
  void aPatchOfTheSpecLeavesTheStatusAlone() {
    client.resource(Manifests.deployment("podinfo", "6.0.0", 1)).create();

    deployment().patch(MERGE, "{\"spec\":{\"replicas\":3},\"status\":{\"replicas\":3}}");

    assertThat(deployment().get().getSpec().getReplicas()).isEqualTo(3);
    assertThat(deployment().get().getStatus()).isNull();
  }

  @Test
  void aPatchOfTheStatusLeavesTheSpecAlone() {
    client.resource(Manifests.deployment("podinfo", "6.0.0", 1)).create();

    deployment()
        .subresource("status")
        .patch(MERGE, "{\"spec\":{\"replicas\":3},\"status\":{\"replicas\":3}}");

    assertThat(deployment().get().getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment().get().getStatus().getReplicas()).isEqualTo(3);
  }

  @Test
  void aPatchThatRestsOnAnOldStateIsRefused() {
    String old = Manifests.read(client).getMetadata().getResourceVersion();
    route().patch(MERGE, "{\"spec\":{\"hostnames\":[\"a\"]}}");

    assertThatThrownBy(
            () ->
                route()
                    .patch(
                        MERGE,
                        "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"hostnames\":[\"b\"]}}"
                            .formatted(old)))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void whatWasCreatedTwiceIsRefused() {
    client.resource(Manifests.deployment("podinfo", "6.0.0", 1)).create();

    assertThatThrownBy(() -> client.resource(Manifests.deployment("podinfo", "6.0.0", 1)).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void whatGoesWithItsLastFinalizerIsAnsweredAsItWas() {
    route().patch(MERGE, "{\"metadata\":{\"finalizers\":[\"serin.dev/test\"]}}");
    route().delete();

    GenericKubernetesResource last = route().patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");

    assertThat(last.isMarkedForDeletion()).isTrue();
    assertThat(last.getFinalizers()).isEmpty();
    assertThat(route().get()).isNull();
  }

  private Resource<GenericKubernetesResource> route() {
    return client
        .genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute")
        .inNamespace(Manifests.NAMESPACE)
        .withName("podinfo");
  }

  private Resource<Deployment> deployment() {
    return client.apps().deployments().inNamespace(Manifests.NAMESPACE).withName("podinfo");
  }
}
