package io.serin.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.serin.api.Names;
import io.serin.cluster.ClusterOptions;
import io.serin.cluster.FabricCluster;
import io.serin.cluster.FabricWorld;
import io.serin.http.Http;
import io.serin.metric.Backend;
import io.serin.metric.LiveMeter;
import io.serin.policy.Policy;
import io.serin.policy.PolicyChooser;
import io.serin.rollout.Controller;
import io.serin.rollout.EventTeller;
import io.serin.rollout.LogTeller;
import io.serin.rollout.RolloutOptions;
import io.serin.rollout.Rooms;
import io.serin.rollout.Teller;
import io.serin.traffic.Routers;
import io.serin.traffic.TrafficOptions;
import io.serin.webhook.HttpWebhooks;
import io.serin.workload.Configs;
import io.serin.workload.Targets;
import io.serin.workload.WorkloadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All that runs: the cluster and its stand-ins, the application's users, and Serin's controller as
 * it would run against a real cluster. Only the clock is faster.
 */
final class Stage implements AutoCloseable {
  static final String NAMESPACE = "demo";
  static final String APPLICATION = "podinfo";
  static final String HOST = "podinfo.example";

  /** The step weight of the Canary. */
  static final int STEP = 10;

  private static final String PROVIDER = "gatewayapi:v1";
  private static final Duration START_UP = Duration.ofSeconds(3);
  private static final Duration CACHES = Duration.ofSeconds(10);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final int REQUESTS_AT_LEAST = 150;
  private static final int REQUESTS_AT_MOST = 300;

  private final Curtain curtain = new Curtain();
  private final FastClock clock;
  private final KubernetesClient client;
  private final Metrics metrics;
  private final PrometheusApi prometheus;
  private final Gateway gateway;
  private final Approval approval;
  private final double speed;
  private @Nullable Traffic traffic;

  /**
   * Starts everything but the application's users.
   *
   * @param tellers who is told about each tick, besides the log and the cluster's events
   */
  Stage(double speed, Policy policy, List<Teller> tellers) {
    this.speed = speed;
    this.clock = FastClock.startingNow(speed);
    try {
      EmbeddedCluster cluster = curtain.add(EmbeddedCluster.start());
      this.client = cluster.client();
      this.metrics = new Metrics(clock);
      this.prometheus = curtain.add(new PrometheusApi(metrics, clock));
      this.approval = curtain.add(new Approval());
      Pods pods = new Pods();
      curtain.add(new Workloads(client, clock, clock.real(START_UP), pods, metrics));
      this.gateway = curtain.add(new Gateway(client, pods, clock));
      control(policy, tellers);
    } catch (RuntimeException e) {
      curtain.close();
      throw e;
    }
  }

  FastClock clock() {
    return clock;
  }

  Gateway gateway() {
    return gateway;
  }

  Approval approval() {
    return approval;
  }

  /** Base address of the Prometheus, whose {@code /metrics} a real one may scrape. */
  String prometheus() {
    return prometheus.url();
  }

  /** Applies the application and its Canary. */
  void install() {
    String yaml = resource("podinfo.yaml").replace("GATE", approval.url());
    InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    for (HasMetadata object : client.load(in).items()) {
      client.resource(object).create();
    }
  }

  /** The people who use the application; they come when they are asked for first. */
  Traffic traffic() {
    if (traffic == null) {
      int wanted = (int) (15 * speed);
      int perSecond = Math.clamp(wanted, REQUESTS_AT_LEAST, REQUESTS_AT_MOST);
      traffic = curtain.add(new Traffic(gateway.url(), Map.of("Host", HOST), perSecond));
    }
    return traffic;
  }

  /** Puts a version of the application into its Deployment, as a user would. */
  void release(String tag) {
    String patch =
        """
        [{"op": "replace", "path": "/spec/template/spec/containers/0/image",
          "value": "ghcr.io/stefanprodan/podinfo:%s"}]
        """
            .formatted(tag);
    client
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(APPLICATION)
        .patch(PatchContext.of(PatchType.JSON), patch);
  }

  @Override
  public void close() {
    curtain.close();
  }

  private void control(Policy policy, List<Teller> tellers) {
    FabricWorld world = curtain.add(new FabricWorld(client, ""));
    FabricCluster cluster =
        curtain.add(new FabricCluster(client, world, ClusterOptions.DEFAULT, () -> true, clock));
    Http http = curtain.add(new Http(Map.of()));
    LiveMeter meter =
        new LiveMeter(
            world,
            (_, _) -> Optional.empty(),
            new LiveMeter.Settings(PROVIDER, Backend.prometheus(prometheus.url())),
            http,
            clock);
    List<Teller> all = new ArrayList<>(tellers);
    all.add(new EventTeller(cluster));
    all.add(new LogTeller());
    Controller controller =
        curtain.add(
            new Controller(
                cluster,
                rooms(),
                new RolloutOptions(PROVIDER, true, "", ZoneOffset.UTC, Duration.ZERO),
                PolicyChooser.always(policy),
                new HttpWebhooks(http, HttpWebhooks.UP_TO_202, clock),
                meter,
                all,
                clock,
                speed));
    world.onChange(
        change -> {
          if (!change.isOwn()) {
            controller.changed(change.ref());
          }
        });
    awaitCaches(world);
    controller.start();
  }

  /**
   * So that the story does not begin with a controller that waits for what it does not know yet.
   */
  private static void awaitCaches(FabricWorld world) {
    List<Map.Entry<String, String>> kinds =
        List.of(
            Map.entry(Names.FLAGGER_API_VERSION, Names.CANARY),
            Map.entry("v1", "ConfigMap"),
            Map.entry("v1", "Secret"),
            Map.entry("v1", "Service"),
            Map.entry("apps/v1", "Deployment"),
            Map.entry("apps/v1", "ControllerRevision"),
            Map.entry(Gateway.GROUP + "/" + Gateway.VERSION, "HTTPRoute"));
    long end = System.nanoTime() + CACHES.toNanos();
    // Asking for a kind starts its watch, hence all are asked every time.
    while (kinds.stream().filter(kind -> !world.synced(kind.getKey(), kind.getValue())).count() > 0
        && System.nanoTime() < end) {
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  private static Rooms rooms() {
    return new Rooms(
        new Targets(WorkloadOptions.DEFAULTS),
        new Configs(WorkloadOptions.DEFAULTS),
        new Routers(TrafficOptions.DEFAULT));
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Stage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
