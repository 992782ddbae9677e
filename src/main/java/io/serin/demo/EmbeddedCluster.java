package io.serin.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformLoggingMXBean;
import java.net.InetAddress;
import java.util.HashMap;

/**
 * A Kubernetes API on loopback that keeps its objects in memory and knows the kinds that Serin
 * works with.
 */
public final class EmbeddedCluster implements AutoCloseable {
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private EmbeddedCluster(KubernetesMockServer server) {
    this.server = server;
    this.client = server.createClient();
  }

  /** Starts one on a free port. */
  public static EmbeddedCluster start() {
    MockWebServer web = new MockWebServer();
    quieten(web);
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), web, new HashMap<>(), new FaithfulDispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    server.expectCustomResource(kind("flagger.app", "v1beta1", "Canary", "canaries"));
    server.expectCustomResource(
        kind("flagger.app", "v1beta1", "MetricTemplate", "metrictemplates"));
    server.expectCustomResource(kind("flagger.app", "v1beta1", "AlertProvider", "alertproviders"));
    server.expectCustomResource(kind(Gateway.GROUP, Gateway.VERSION, "HTTPRoute", "httproutes"));
    return new EmbeddedCluster(server);
  }

  /** A client with all rights, closed with the cluster. */
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  /** It logs every request as information. */
  private static void quieten(MockWebServer web) {
    ManagementFactory.getPlatformMXBean(PlatformLoggingMXBean.class)
        .setLoggerLevel(web.getClass().getName(), "WARNING");
  }

  private static CustomResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new CustomResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withName(plural + "." + group)
        .withScope("Namespaced")
        .withStatusSubresource(true)
        .build();
  }
}
