package io.serin.rollout;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.fact.Verdict;
import io.serin.policy.BundledPolicy;
import io.serin.policy.Policy;
import io.serin.testing.DeploymentStandIn;
import io.serin.testing.KubeApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A namespace of a real API server, with a stand-in for the Deployment controller and {@linkplain
 * Replica replicas} of Serin at work in it. Serin's clock runs faster than the wall's, so that the
 * shortest interval takes half a second.
 */
final class LiveNamespace implements AutoCloseable {

  static final double SPEED = 20;
  static final Policy POLICY = BundledPolicy.load();
  static final String SERINS_DEFINITIONS = "crds";
  static final String FLAGGERS_DEFINITIONS = "src/test/resources/flagger-crds";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Servers that have what a cluster has before Serin comes. */
  private static final Map<KubeApiServer, String> PREPARED = new ConcurrentHashMap<>();

  final KubeApiServer server;
  final KubernetesClient admin;
  final String namespace;
  final FastClock clock = new FastClock(SPEED);
  final FakeWebhooks hooks = new FakeWebhooks();
  final FakeMeter meter = new FakeMeter();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final DeploymentStandIn deployments;
  private final List<Replica> replicas = new ArrayList<>();

  /**
   * A tick that ended.
   *
   * @param agent user agent of the replica
   * @param ended by the wall's clock
   */
  record Seen(String agent, Instant ended, TickRecord record) {

    Instant started() {
      return ended.minus(Duration.ofNanos((long) (record.took().toNanos() / SPEED)));
    }

    /** Whether the tick moved the rollout: its status was stored. */
    boolean moved() {
      return record.effects().contains("status");
    }
  }

  /** A namespace of the shared server, where nobody is at work yet. */
  LiveNamespace(String prefix) {
    this(KubeApiServer.shared(), SERINS_DEFINITIONS, prefix);
  }

  LiveNamespace(KubeApiServer server, String definitions, String prefix) {
    this.server = server;
    this.admin = server.client(KubeApiServer.ADMIN);
    PREPARED.computeIfAbsent(server, _ -> prepare(admin, definitions));
    this.namespace = server.newNamespace(prefix);
    this.deployments = DeploymentStandIn.serving(admin, namespace);
  }

  /** A namespace of the shared server with one replica at work. */
  static LiveNamespace served(String prefix) {
    LiveNamespace run = new LiveNamespace(prefix);
    run.serve();
    return run;
  }

  /** Starts the only replica. */
  Replica serve() {
    return keep(Replica.alone(this, namespace));
  }

  Replica keep(Replica replica) {
    replicas.add(replica);
    return replica;
  }

  private static String prepare(KubernetesClient admin, String definitions) {
    definitions(Path.of(definitions)).forEach(file -> applyFile(admin, file));
    for (String file :
        List.of(
            "src/test/resources/permissive-crds/gateway-api.yaml",
            "src/test/resources/permissive-crds/istio.yaml",
            "deploy/kustomize/base/rbac.yaml",
            "src/test/resources/permissive-crds/controller-user.yaml")) {
      applyFile(admin, Path.of(file));
    }
    var resources = admin.apiextensions().v1().customResourceDefinitions();
    await()
        .atMost(PATIENCE)
        .until(() -> resources.list().getItems().stream().allMatch(LiveNamespace::isEstablished));
    return definitions;
  }

  private static List<Path> definitions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("kustomization.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static void applyFile(KubernetesClient admin, Path file) {
    try (InputStream yaml = Files.newInputStream(file)) {
      admin.load(yaml).items().stream()
          // The controller's own namespace does not exist here.
          .filter(item -> !item.getKind().equals("ServiceAccount"))
          .forEach(item -> admin.resource(item).forceConflicts().serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void apply(KubeObject object) {
    admin.resource(resource(object)).inNamespace(namespace).forceConflicts().serverSideApply();
  }

  /** Unlike {@link #apply}, goes through where fields are unknown. */
  void create(KubeObject object) {
    admin.resource(resource(object)).inNamespace(namespace).create();
  }

  private GenericKubernetesResource resource(KubeObject object) {
    ObjectNode tree = object.tree().deepCopy();
    ((ObjectNode) tree.get("metadata")).put("namespace", namespace);
    return admin
        .getKubernetesSerialization()
        .unmarshal(tree.toString(), GenericKubernetesResource.class);
  }

  /** How often each event of a Canary was told, by the first line of its message. */
  Map<String, Integer> events() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Event event : admin.v1().events().inNamespace(namespace).list().getItems()) {
      Integer count = event.getCount();
      String sentence = String.valueOf(event.getMessage()).lines().findFirst().orElse("");
      counts.merge(sentence, count == null ? 1 : count, Integer::sum);
    }
    return counts;
  }

  void release(String version) {
    release("podinfo", version);
  }

  void release(String deployment, String version) {
    patch(
        "apps/v1",
        "Deployment",
        deployment,
        """
        {"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "podinfo:%s",
          "ports": [{"name": "http", "containerPort": 80, "protocol": "TCP"}]}]}}}}
        """
            .formatted(version));
  }

  /** A merge patch by somebody else. */
  void patch(String apiVersion, String kind, String name, String json) {
    admin
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  void edit(
      String apiVersion, String kind, String name, UnaryOperator<GenericKubernetesResource> edit) {
    admin
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName(name)
        .edit(edit);
  }

  void delete(String apiVersion, String kind, String name) {
    admin
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName(name)
        .delete();
  }

  @Nullable KubeObject find(String apiVersion, String kind, String name) {
    GenericKubernetesResource resource =
        admin
            .genericKubernetesResources(apiVersion, kind)
            .inNamespace(namespace)
            .withName(name)
            .get();
    if (resource == null) {
      return null;
    }
    String json = admin.getKubernetesSerialization().asJson(resource);
    return new KubeObject((ObjectNode) JsonMapper.shared().readTree(json));
  }

  KubeObject get(String apiVersion, String kind, String name) {
    KubeObject found = find(apiVersion, kind, name);
    if (found == null) {
      throw new AssertionError("no " + kind + " " + name);
    }
    return found;
  }

  /** Every version of an object from now on, as JSON, in order. */
  List<String> versions(String apiVersion, String kind, String name) {
    List<String> versions = new CopyOnWriteArrayList<>();
    // Ends with the client.
    var _ =
        admin
            .genericKubernetesResources(apiVersion, kind)
            .inNamespace(namespace)
            .withName(name)
            .watch(
                new Watcher<GenericKubernetesResource>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource resource) {
                    versions.add(admin.getKubernetesSerialization().asJson(resource));
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
    return versions;
  }

  KubeObject deployment(String name) {
    return get("apps/v1", "Deployment", name);
  }

  String image(String deployment) {
    return deployment(deployment).tree().at("/spec/template/spec/containers/0/image").stringValue();
  }

  int replicas(String deployment) {
    return (int) deployment(deployment).number(1, "spec", "replicas");
  }

  Canary canary() {
    return canary("podinfo");
  }

  Canary canary(String name) {
    return Canary.of(get("flagger.app/v1beta1", "Canary", name));
  }

  /** The phases of all Canaries that have one. */
  List<String> phases() {
    return admin
        .genericKubernetesResources("flagger.app/v1beta1", "Canary")
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .map(canary -> canary.<String>get("status", "phase"))
        .filter(Objects::nonNull)
        .toList();
  }

  void reaches(Phase phase) {
    reaches("podinfo", phase);
  }

  /**
   * The rollout is in a phase, and the tick that brought it there is over. The status is written
   * first: what follows it in the same tick, the cluster and the record, comes a moment later. Of a
   * controller in another process only the status is seen.
   */
  void reaches(String canary, Phase phase) {
    eventually(
        canary + " to be " + phase,
        () ->
            canary(canary).status().phase() == phase
                && (replicas.isEmpty() || lastTick(canary).filter(phase::equals).isPresent()));
  }

  /** Where the last tick of a Canary that ended left it. */
  private Optional<Phase> lastTick(String canary) {
    String name = namespace + "/" + canary;
    return seen.reversed().stream()
        .map(Seen::record)
        .filter(record -> record.canary().equals(name))
        .findFirst()
        .map(record -> record.after().phase());
  }

  /** The rollout reaches a weight, or goes beyond it. */
  void reachesWeight(int weight) {
    eventually("weight " + weight, () -> canary().status().canaryWeight() >= weight);
  }

  void eventually(String what, BooleanSupplier condition) {
    try {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited for " + what + "\n" + tail(), e);
    }
  }

  /** The steps that were really taken: the weights of stored advances, in order. */
  List<Integer> steps() {
    return seen.stream()
        .filter(one -> one.moved() && one.record().verdict() instanceof Verdict.Advance)
        .map(one -> one.record().after().weight())
        .toList();
  }

  void forgetSeen() {
    seen.clear();
  }

  private String tail() {
    StringBuilder text = new StringBuilder("Canary " + canary().status()).append('\n');
    for (Seen one : seen.subList(Math.max(0, seen.size() - 12), seen.size())) {
      TickRecord record = one.record();
      text.append(one.agent()).append(' ').append(record.verdict()).append(' ');
      text.append(record.effects()).append(' ').append(record.told()).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    deployments.close();
    admin.close();
  }
}
