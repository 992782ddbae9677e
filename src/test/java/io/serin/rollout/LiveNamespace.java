package io.serin.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.cluster.ClusterOptions;
import io.serin.cluster.FabricCluster;
import io.serin.cluster.FabricWorld;
import io.serin.testing.DeploymentStandIn;
import io.serin.testing.KubeApiServer;
import io.serin.traffic.Routers;
import io.serin.traffic.TrafficOptions;
import io.serin.workload.Configs;
import io.serin.workload.Targets;
import io.serin.workload.WorkloadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A namespace of a real API server with the controller at work in it, as the user that holds the
 * shipped ClusterRole. The controller's clock runs ten times faster than the wall's, so that the
 * shortest interval takes a second.
 */
final class LiveNamespace implements AutoCloseable {

  static final double SPEED = 10;
  private static final YAMLMapper YAML = new YAMLMapper();

  final KubeApiServer server;
  final KubernetesClient admin;
  final String namespace;
  final FakeWebhooks hooks = new FakeWebhooks();
  final FakeMeter meter = new FakeMeter();
  final List<TickRecord> records = new CopyOnWriteArrayList<>();
  final DeploymentStandIn deployments;

  private final KubernetesClient client;
  private final FabricWorld world;
  private final FabricCluster cluster;
  private final Controller controller;

  LiveNamespace(KubeApiServer server, String prefix, BooleanSupplier leads) {
    this(server, server.newNamespace(prefix), leads, "serin-" + prefix);
  }

  LiveNamespace(KubeApiServer server, String namespace, BooleanSupplier leads, String agent) {
    this.server = server;
    this.admin = server.client(KubeApiServer.ADMIN);
    this.namespace = namespace;
    prepare(admin);
    deployments = DeploymentStandIn.serving(admin, namespace);
    client = server.client(KubeApiServer.CONTROLLER, agent);
    world = new FabricWorld(client, namespace);
    FastClock clock = new FastClock(SPEED);
    cluster = new FabricCluster(client, world, ClusterOptions.DEFAULT, leads, clock);
    controller =
        new Controller(
            cluster,
            new Rooms(
                new Targets(WorkloadOptions.DEFAULTS),
                new Configs(WorkloadOptions.DEFAULTS),
                new Routers(TrafficOptions.DEFAULT)),
            RolloutOptions.DEFAULTS,
            _ -> Scenario.DEFAULT_POLICY,
            hooks,
            meter,
            List.of(new EventTeller(cluster), (_, _, record) -> records.add(record)),
            clock,
            SPEED);
    world.onChange(
        change -> {
          if (!change.isOwn()) {
            controller.changed(change.ref());
          }
        });
    world.synced(Names.FLAGGER_API_VERSION, Names.CANARY);
    controller.start();
  }

  /** Everything that a cluster has before Serin comes. */
  static void prepare(KubernetesClient admin) {
    for (String file :
        List.of(
            "crds/canaries.yaml",
            "crds/metrictemplates.yaml",
            "crds/alertproviders.yaml",
            "src/test/resources/permissive-crds/gateway-api.yaml",
            "src/test/resources/permissive-crds/istio.yaml",
            "deploy/kustomize/base/rbac.yaml",
            "src/test/resources/permissive-crds/controller-user.yaml")) {
      applyFile(admin, Path.of(file));
    }
  }

  static void applyFile(KubernetesClient admin, Path file) {
    try {
      admin
          .load(Files.newInputStream(file))
          .items()
          .forEach(item -> admin.resource(item).forceConflicts().serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(KubeObject object) {
    GenericKubernetesResource resource =
        admin
            .getKubernetesSerialization()
            .unmarshal(
                object
                    .with(t -> ((ObjectNode) t.get("metadata")).put("namespace", namespace))
                    .tree()
                    .toString(),
                GenericKubernetesResource.class);
    admin.resource(resource).inNamespace(namespace).forceConflicts().serverSideApply();
  }

  void release(String version) {
    admin
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("podinfo")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            """
            {"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "podinfo:%s"}]}}}}
            """
                .formatted(version));
  }

  Canary canary() {
    return Canary.of(get("flagger.app/v1beta1", "Canary", "podinfo"));
  }

  KubeObject get(String apiVersion, String kind, String name) {
    GenericKubernetesResource resource =
        admin
            .genericKubernetesResources(apiVersion, kind)
            .inNamespace(namespace)
            .withName(name)
            .get();
    if (resource == null) {
      throw new AssertionError("no " + kind + " " + name);
    }
    return new KubeObject(
        (ObjectNode) YAML.readTree(admin.getKubernetesSerialization().asJson(resource)));
  }

  void edit(
      UnaryOperator<GenericKubernetesResource> edit, String apiVersion, String kind, String name) {
    admin
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName(name)
        .edit(edit);
  }

  ObjectRef ref() {
    return new ObjectRef("flagger.app/v1beta1", "Canary", namespace, "podinfo");
  }

  Controller controller() {
    return controller;
  }

  static Duration patience() {
    return Duration.ofSeconds(40);
  }

  @Override
  public void close() {
    controller.close();
    cluster.close();
    world.close();
    client.close();
    deployments.close();
    admin.close();
  }
}
