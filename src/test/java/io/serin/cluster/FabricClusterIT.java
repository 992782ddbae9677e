package io.serin.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.testing.AuditEntry;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RealCluster
class FabricClusterIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String DEPLOYMENT =
      """
      {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
       "template": {"metadata": {"labels": {"app": "web"}},
                    "spec": {"containers": [{"name": "web", "image": "web:1"}]}}}
      """;

  private final KubeApiServer server;
  private final String namespace;
  private KubernetesClient client;
  private FabricWorld world;
  private FabricCluster cluster;

  FabricClusterIT(KubeApiServer server) {
    this.server = server;
    this.namespace = server.newNamespace("cluster");
  }

  @BeforeEach
  void connect() {
    try (KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      RealClusters.installDefinitions(admin);
      RealClusters.grant(admin);
    }
    client =
        Clients.client(
            new ConfigBuilder(server.config(KubeApiServer.CONTROLLER))
                .withUserAgent("serin-" + namespace)
                .build());
    world = new FabricWorld(client, namespace);
    cluster =
        new FabricCluster(
            client, world, ClusterOptions.DEFAULT, () -> true, InstantSource.system());
  }

  @AfterEach
  void close() {
    cluster.close();
    world.close();
    client.close();
  }

  @Test
  void anUpdateIsOneRequestAndNoDifferenceIsNone() {
    cluster.create(deployment());
    await().atMost(SOON).until(() -> world.watching("apps/v1", "Deployment"));
    KubeObject observed = get(ref("apps/v1", "Deployment", "web"));
    Instant start = Instant.now();

    assertThat(cluster.update(observed, image(observed, "web:1"))).isFalse();
    assertThat(cluster.update(observed, image(observed, "web:2"))).isTrue();

    assertThat(server.requests("serin-" + namespace, start))
        .extracting(AuditEntry::verb, AuditEntry::resource, AuditEntry::name, AuditEntry::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("patch", "deployments", "web", 200));
  }

  @Test
  void aStaleWriteConflicts() {
    cluster.create(deployment());
    KubeObject stale = read(ref("apps/v1", "Deployment", "web"));
    cluster.update(stale, image(stale, "web:2"));

    assertThatThrownBy(() -> cluster.update(stale, image(stale, "web:3")))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("patch Deployment web." + namespace + ": 409 ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aStaleStatusConflicts() {
    KubeObject stale = canary("cart");
    cluster.writeStatus(stale, status(Phase.INITIALIZED));

    assertThatThrownBy(() -> cluster.writeStatus(stale, status(Phase.PROGRESSING)))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void theStatusIsStoredAndSeenAtOnceWithOneRequest() {
    await().atMost(SOON).until(() -> world.watching(Names.FLAGGER_API_VERSION, Names.CANARY));
    KubeObject canary = canary("cart");
    Instant start = Instant.now();

    for (int weight = 1; weight <= 20; weight++) {
      KubeObject stored =
          cluster.writeStatus(
              canary,
              status(Phase.PROGRESSING)
                  .change()
                  .canaryWeight(weight)
                  .lastAppliedSpec(weight % 2 == 0 ? "" : "abc")
                  .build());

      canary = get(canary.ref());
      assertThat(canary.resourceVersion()).isEqualTo(stored.resourceVersion());
      assertThat(canary.number(0, "status", "canaryWeight")).isEqualTo(weight);
      assertThat(canary.has("status", "lastAppliedSpec")).isEqualTo(weight % 2 != 0);
    }

    assertThat(server.requests("serin-" + namespace, start)).hasSize(20);
  }

  @Test
  void theClusterRoleSuffices() throws InterruptedException {
    KubeObject canary = canary("cart");
    assertThatCode(() -> Startup.check(client, world)).doesNotThrowAnyException();
    Startup.awaitCaches(world, SOON, InstantSource.system());
    List<KubeObject> objects =
        List.of(
            deployment(),
            object("v1", "Service", "web", "spec", "{\"ports\": [{\"port\": 80}]}"),
            object("v1", "ConfigMap", "web", "data", "{\"a\": \"b\"}"),
            object("v1", "Secret", "web", "stringData", "{\"a\": \"b\"}"),
            object("apps/v1", "ControllerRevision", "web", "data", "{\"a\": 1}")
                .with(tree -> tree.put("revision", 1)),
            object(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "web",
                "spec",
                """
                {"maxReplicas": 3,
                 "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
                """),
            object(
                "networking.k8s.io/v1",
                "Ingress",
                "web",
                "spec",
                """
                {"defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}}
                """));

    for (KubeObject object : objects) {
      await().atMost(SOON).until(() -> world.watching(object.apiVersion(), object.kind()));
      cluster.create(owned(object, canary));
      KubeObject seen = get(object.ref());
      assertThat(seen.controllerOwner()).isPresent();
      assertThat(cluster.update(seen, labelled(seen))).isTrue();
      assertThat(get(object.ref()).labels()).containsEntry("colour", "blue");
      assertThat(cluster.read(object.ref())).isNotNull();
      cluster.delete(object.ref());
      assertThat(world.get(object.ref())).isNull();
    }
    cluster.update(canary, labelled(canary));
  }

  @Test
  void eventsAreStoredOnceAndCounted() {
    KubeObject canary = canary("cart");
    for (int i = 0; i < 5; i++) {
      cluster.emit(
          new Event(canary, true, "Synced", "Halt cart advancement", "for the " + i + ". time"));
    }
    cluster.close();

    try (KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      assertThat(admin.v1().events().inNamespace(namespace).list().getItems())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getCount()).isEqualTo(5);
                assertThat(event.getMessage()).isEqualTo("Halt cart advancement\nfor the 4. time");
                assertThat(event.getSource().getComponent()).isEqualTo("flagger");
                assertThat(event.getInvolvedObject().getUid()).isEqualTo(canary.uid());
              });
    }
  }

  @Test
  void aSecretIsReadOnceUntilItChanges() {
    Secrets secrets = new Secrets(world, cluster);
    await().atMost(SOON).until(() -> world.watching("v1", "Secret"));
    assertThat(secrets.data(namespace, "token")).isNull();
    cluster.create(object("v1", "Secret", "token", "stringData", "{\"key\": \"one\"}"));
    assertThat(secrets.data(namespace, "token")).isEqualTo(Map.of("key", "one"));
    Instant start = Instant.now();

    assertThat(secrets.data(namespace, "token")).isEqualTo(Map.of("key", "one"));
    assertThat(server.requests("serin-" + namespace, start)).isEmpty();

    KubeObject seen = get(ref("v1", "Secret", "token"));
    cluster.update(seen, seen.with(tree -> tree.set("stringData", json("{\"key\": \"two\"}"))));
    assertThat(secrets.data(namespace, "token")).isEqualTo(Map.of("key", "two"));
  }

  /** As its user would create it: the controller may not. */
  private KubeObject canary(String name) {
    KubeObject canary =
        object(
            Names.FLAGGER_API_VERSION,
            Names.CANARY,
            name,
            "spec",
            """
            {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
             "service": {"port": 80}, "analysis": {"interval": "1m", "threshold": 5, "iterations": 3}}
            """);
    try (KubernetesClient admin = server.client(KubeApiServer.ADMIN)) {
      admin.resource(canary.tree().toString()).create();
    }
    return read(canary.ref());
  }

  private KubeObject deployment() {
    return object("apps/v1", "Deployment", "web", "spec", DEPLOYMENT);
  }

  private KubeObject object(
      String apiVersion, String kind, String name, String field, String content) {
    return KubeObject.of(apiVersion, kind, namespace, name)
        .with(tree -> tree.set(field, json(content)));
  }

  private ObjectRef ref(String apiVersion, String kind, String name) {
    return new ObjectRef(apiVersion, kind, namespace, name);
  }

  private KubeObject read(ObjectRef ref) {
    return requireNonNull(cluster.read(ref), "the object is there");
  }

  private KubeObject get(ObjectRef ref) {
    return requireNonNull(world.get(ref), "the object is there");
  }

  private static CanaryStatus status(Phase phase) {
    return CanaryStatus.NONE.change().phase(phase).build();
  }

  private static KubeObject image(KubeObject deployment, String image) {
    return deployment.with(
        tree -> ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("image", image));
  }

  private static KubeObject labelled(KubeObject object) {
    return object.with(tree -> tree.withObject("/metadata/labels").put("colour", "blue"));
  }

  private static KubeObject owned(KubeObject object, KubeObject owner) {
    return object.with(
        tree ->
            tree.withObject("metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true));
  }

  private static ObjectNode json(String json) {
    return JsonMapper.shared().readTree(json).asObject();
  }
}
