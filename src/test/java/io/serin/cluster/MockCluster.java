package io.serin.cluster;

import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** An API server in memory, with the Canary's definition, and a client of it. */
final class MockCluster implements AutoCloseable {
  final KubernetesMockServer server;
  final KubernetesClient client;

  MockCluster() {
    Map<ServerRequest, Queue<ServerResponse>> expectations = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            expectations,
            new KubernetesMixedDispatcher(expectations),
            false);
    server.init();
    server.expectCustomResource(
        new CustomResourceDefinitionContext.Builder()
            .withGroup("flagger.app")
            .withVersion("v1beta1")
            .withKind("Canary")
            .withPlural("canaries")
            .withScope("Namespaced")
            .withStatusSubresource(true)
            .build());
    serve(canaries());
    try (KubernetesClient any = server.createClient()) {
      client = Clients.client(any.getConfiguration());
    }
  }

  /** The discovery of flagger.app. */
  void serve(APIResourceList resources) {
    server.expect().get().withPath("/apis/flagger.app/v1beta1").andReturn(200, resources).always();
  }

  static APIResourceList canaries() {
    return new APIResourceListBuilder()
        .withGroupVersion("flagger.app/v1beta1")
        .withResources(
            new APIResourceBuilder()
                .withKind("Canary")
                .withName("canaries")
                .withNamespaced(true)
                .build())
        .build();
  }

  /** The requests since the last call, as {@code METHOD path}. */
  List<String> requests() throws InterruptedException {
    List<String> requests = new ArrayList<>();
    for (RecordedRequest request = next(); request != null; request = next()) {
      requests.add(request.getMethod() + " " + request.getPath());
    }
    return requests;
  }

  private RecordedRequest next() throws InterruptedException {
    return server.takeRequest(0, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
