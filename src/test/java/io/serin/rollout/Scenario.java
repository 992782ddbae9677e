package io.serin.rollout;

import io.serin.alert.Alert;
import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.cluster.Event;
import io.serin.policy.Policy;
import io.serin.policy.PolicyChooser;
import io.serin.policy.PolicySource;
import io.serin.testing.Manifest;
import io.serin.traffic.Observed;
import io.serin.traffic.Routers;
import io.serin.traffic.Split;
import io.serin.traffic.TrafficOptions;
import io.serin.workload.Configs;
import io.serin.workload.Targets;
import io.serin.workload.WorkloadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A canary's life: the default policy, the real rooms, a cluster in memory or the embedded API,
 * fake hooks and metrics, and a clock that the test moves. After each tick the Deployments follow
 * their specs unless the test says otherwise.
 */
final class Scenario implements InstantSource {

  static final Policy DEFAULT_POLICY = Policy.of(PolicySource.of(Path.of("rules/default")));
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  final ScenarioCluster cluster = ScenarioCluster.open();
  final FakeWebhooks hooks = new FakeWebhooks();
  final FakeMeter meter = new FakeMeter();
  final List<TickRecord> records = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();

  private final Set<String> unready = new HashSet<>();
  private final Map<String, String> broken = new HashMap<>();
  private final ObjectRef ref;
  private RolloutOptions options;
  private Policy policy = DEFAULT_POLICY;
  private Instant now = START;
  private Memory memory = new Memory();
  private int letters;

  /** A Canary {@code podinfo} whose {@code spec} is given as YAML, beside its Deployment. */
  Scenario(String provider, String analysis, String... more) {
    this.options = RolloutOptions.DEFAULTS;
    ref = new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, "test", "podinfo");
    cluster.put(deployment("podinfo", "6.0.0"));
    cluster.put(canary("podinfo", provider, analysis, String.join("\n", more)));
    follow();
  }

  /** The same with whatever else the provider wants. */
  static Scenario of(String provider, String analysis, String... more) {
    if (!provider.equals("nginx")) {
      return new Scenario(provider, analysis, more);
    }
    String spec = "ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: podinfo}\n";
    Scenario scenario = new Scenario(provider, analysis, spec + String.join("\n", more));
    scenario.cluster.put(ingress());
    return scenario;
  }

  static KubeObject ingress() {
    return yaml(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: podinfo, namespace: test}
        spec:
          rules:
          - host: podinfo.example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: podinfo, port: {number: 80}}}
        """);
  }

  static KubeObject canary(String name, String provider, String analysis, String more) {
    return yaml(
        """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: %s, namespace: test, creationTimestamp: "2026-03-01T00:00:00Z"}
        spec:
          provider: %s
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
          service:
            port: 80
            gatewayRefs: [{name: gateway, namespace: infra}]
        %s
          analysis:
            interval: 1m
            threshold: 2
        %s
        """
            .formatted(name, provider, more.indent(2), analysis.indent(4)));
  }

  static KubeObject deployment(String name, String version) {
    return yaml(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: test}
        spec:
          replicas: 2
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              containers:
              - {name: app, image: "podinfo:%s", ports: [{name: http, containerPort: 80}]}
        """
            .formatted(name, name, name, version));
  }

  static KubeObject yaml(String text) {
    return Manifest.of(text);
  }

  static KubeObject autoscaler(String name, int utilization) {
    return yaml(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: %s, namespace: test}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
          minReplicas: 2
          maxReplicas: 4
          metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: %d}}
        """
            .formatted(name, name, utilization));
  }

  /** The CPU utilization that a HorizontalPodAutoscaler aims at; 0 when there is none. */
  int utilization(String name) {
    KubeObject scaler =
        cluster.get(new ObjectRef("autoscaling/v2", "HorizontalPodAutoscaler", "test", name));
    return scaler == null
        ? 0
        : scaler.tree().at("/spec/metrics/0/resource/target/averageUtilization").intValue(0);
  }

  /** A scenario whose primary serves and whose target is at zero. */
  Scenario initialised() {
    tick();
    tick();
    if (phase() != Phase.INITIALIZED) {
      throw new AssertionError("not initialised but " + status() + ": " + last().verdict());
    }
    forgetTold();
    return this;
  }

  /** A scenario under analysis, before its first step. */
  Scenario progressing() {
    initialised();
    release("6.0.1");
    tick();
    forgetTold();
    return this;
  }

  Scenario with(Policy other) {
    policy = other;
    return this;
  }

  Scenario with(RolloutOptions other) {
    options = other;
    return this;
  }

  /** Runs one tick now, then lets the workloads follow. */
  Scenario tick() {
    crashTick();
    follow();
    return this;
  }

  /** Lets an interval pass, then ticks. */
  Scenario interval() {
    now = now.plus(canary().analysis().interval());
    return tick();
  }

  /** Lets an interval pass without a tick. */
  Scenario later() {
    now = now.plus(canary().analysis().interval());
    return this;
  }

  Scenario intervals(int count) {
    for (int i = 0; i < count; i++) {
      interval();
    }
    return this;
  }

  Scenario after(Duration time) {
    now = now.plus(time);
    return tick();
  }

  /** One tick that may die at any write; nothing follows by itself. */
  Tick.@Nullable Result crashTick() {
    Rooms rooms = rooms();
    Tick tick =
        new Tick(
            cluster,
            new Observer(rooms, options, fleet()),
            new Desired(rooms),
            PolicyChooser.always(policy),
            new Transition(() -> "letters" + ++letters),
            hooks,
            meter,
            List.of(this::remember, new EventTeller(cluster)),
            this);
    return tick.run(ref, memory);
  }

  private void remember(KubeObject object, Canary canary, TickRecord record) {
    records.add(record);
    alerts.addAll(AlertNarrator.tell(canary, record, ""));
  }

  private static Rooms rooms() {
    return new Rooms(
        new Targets(WorkloadOptions.DEFAULTS),
        new Configs(WorkloadOptions.DEFAULTS),
        new Routers(TrafficOptions.DEFAULT));
  }

  /** What the controller knows of all canaries. */
  private FleetView fleet() {
    FleetView fleet = new FleetView();
    for (KubeObject one : cluster.list(Names.FLAGGER_API_VERSION, Names.CANARY, "")) {
      fleet.update(one.ref(), one);
    }
    return fleet;
  }

  /** What a tick would see now. */
  Observation observe() {
    return new Observer(rooms(), options, fleet()).observe(canary(), cluster, now, memory);
  }

  /** The controller is restarted: what it remembered is gone. */
  Scenario restart() {
    memory = new Memory();
    return this;
  }

  /** The user applies another version. */
  Scenario release(String version) {
    cluster.edit(
        deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/spec/containers/0"))
                .put("image", "podinfo:" + version));
    follow();
    return this;
  }

  Scenario edit(Consumer<ObjectNode> edit) {
    cluster.edit(ref, edit);
    return this;
  }

  Scenario annotate(String key, String value) {
    return edit(
        tree ->
            ((ObjectNode) tree.get("metadata")).withObjectProperty("annotations").put(key, value));
  }

  /** Changes {@code spec.analysis}; YAML of the fields to set. */
  Scenario analysis(String fields) {
    return edit(tree -> ((ObjectNode) tree.at("/spec/analysis")).setAll(yaml(fields).tree()));
  }

  /** Changes {@code spec}; YAML of the fields to set. */
  Scenario spec(String fields) {
    return edit(tree -> ((ObjectNode) tree.get("spec")).setAll(yaml(fields).tree()));
  }

  /** The target's pods read this ConfigMap. */
  Scenario reading(String configMap) {
    cluster.edit(
        deploymentRef("podinfo"),
        tree ->
            ((ObjectNode) tree.at("/spec/template/spec/containers/0"))
                .set(
                    "envFrom",
                    yaml("l: [{configMapRef: {name: " + configMap + "}}]").tree().get("l")));
    follow();
    return this;
  }

  /** Writes a ConfigMap with one entry. */
  Scenario config(String name, String value) {
    cluster.put(
        yaml(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: test}
            data: {color: %s}
            """
                .formatted(name, value)));
    return this;
  }

  /** The entry of a ConfigMap as it is stored. */
  String config(String name) {
    return cluster.stored(new ObjectRef("v1", "ConfigMap", "test", name)).text("", "data", "color");
  }

  /** Somebody deletes the Canary; it stays for as long as it has a finalizer. */
  Scenario delete() {
    cluster.askToDelete(ref);
    return this;
  }

  /** A Deployment that does not become ready. */
  Scenario unready(String deployment) {
    unready.add(deployment);
    follow();
    return this;
  }

  /** A Deployment that missed its own deadline. */
  Scenario expired(String deployment) {
    broken.put(deployment, "ProgressDeadlineExceeded");
    follow();
    return this;
  }

  Scenario ready(String deployment) {
    unready.remove(deployment);
    broken.remove(deployment);
    follow();
    return this;
  }

  /** The Deployment controller's work. */
  void follow() {
    for (KubeObject object : cluster.list("apps/v1", "Deployment", "test")) {
      cluster.edit(object.ref(), tree -> tree.set("status", statusOf(object)));
    }
  }

  private ObjectNode statusOf(KubeObject deployment) {
    long replicas = deployment.number(1, "spec", "replicas");
    boolean waits = unready.contains(deployment.name()) || broken.containsKey(deployment.name());
    long available = waits ? 0 : replicas;
    String reason = broken.getOrDefault(deployment.name(), "NewReplicaSetAvailable");
    return yaml("""
    observedGeneration: %d
    replicas: %d
    updatedReplicas: %d
    availableReplicas: %d
    readyReplicas: %d
    conditions:
    - {type: Progressing, status: "True", reason: %s}
    - {type: Available, status: "%s", reason: X}
    """
            .formatted(
                deployment.generation(),
                replicas,
                replicas,
                available,
                available,
                reason,
                waits ? "False" : "True"))
        .tree();
  }

  Canary canary() {
    return Canary.of(object());
  }

  KubeObject object() {
    KubeObject object = cluster.get(ref);
    if (object == null) {
      throw new AssertionError("the Canary is gone");
    }
    return object;
  }

  boolean gone() {
    return cluster.get(ref) == null;
  }

  CanaryStatus status() {
    return canary().status();
  }

  Phase phase() {
    return status().phase();
  }

  int weight() {
    return status().canaryWeight();
  }

  /** What the routing objects say. */
  Split split() {
    var router = new Routers(TrafficOptions.DEFAULT).find(canary().spec().provider()).orElseThrow();
    return switch (router.observe(canary(), cluster)) {
      case Observed.Routed(Split split) -> split;
      case Observed.Pending(Split split, String _) -> split;
      case Observed.Absent(String reason) -> throw new AssertionError(reason);
      case Observed.Malformed(String reason) -> throw new AssertionError(reason);
    };
  }

  int replicas(String deployment) {
    return (int) deployment(deployment).number(1, "spec", "replicas");
  }

  String image(String deployment) {
    return deployment(deployment).tree().at("/spec/template/spec/containers/0/image").stringValue();
  }

  KubeObject deployment(String name) {
    KubeObject object = cluster.get(deploymentRef(name));
    if (object == null) {
      throw new AssertionError("no Deployment " + name);
    }
    return object;
  }

  String apexSelector() {
    KubeObject apex = cluster.get(new ObjectRef("v1", "Service", "test", "podinfo"));
    return apex == null ? "" : apex.text("", "spec", "selector", "app");
  }

  TickRecord last() {
    return records.getLast();
  }

  /** Messages of all events since {@link #forgetTold}. */
  List<String> told() {
    return cluster.events().stream().map(Event::message).toList();
  }

  void forgetTold() {
    cluster.events().clear();
    cluster.requests().clear();
    hooks.calls().clear();
    alerts.clear();
  }

  static ObjectRef deploymentRef(String name) {
    return new ObjectRef("apps/v1", "Deployment", "test", name);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
