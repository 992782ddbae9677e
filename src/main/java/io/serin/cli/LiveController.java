package io.serin.cli;

import io.avaje.jex.Routing.HttpService;
import io.serin.api.ObjectRef;
import io.serin.cluster.ClusterOptions;
import io.serin.cluster.Connection;
import io.serin.cluster.FabricCluster;
import io.serin.cluster.FabricWorld;
import io.serin.cluster.Leadership;
import io.serin.cluster.PolicyWriter;
import io.serin.http.Http;
import io.serin.metric.Backend;
import io.serin.metric.LiveMeter;
import io.serin.metric.Secrets;
import io.serin.policy.catalog.Catalog;
import io.serin.policy.catalog.PolicyState;
import io.serin.record.TickRing;
import io.serin.rollout.Controller;
import io.serin.rollout.RolloutOptions;
import io.serin.rollout.Rooms;
import io.serin.server.Metrics;
import io.serin.server.PoliciesApi;
import io.serin.server.ReadyRoute;
import io.serin.server.RolloutsApi;
import io.serin.server.Server;
import io.serin.traffic.Routers;
import io.serin.traffic.TrafficOptions;
import io.serin.webhook.HttpWebhooks;
import io.serin.workload.Configs;
import io.serin.workload.Targets;
import io.serin.workload.WorkloadOptions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the rooms to a real cluster and runs them until somebody asks to stop. */
final class LiveController implements ControllerMain {

  private static final Logger log = LoggerFactory.getLogger(LiveController.class);

  @Override
  public int run(ControllerOptions options, StopSignal stop) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    TickRing ring = new TickRing();
    CompletableFuture<Catalog> opened = new CompletableFuture<>();
    // First: to connect and to compile takes longer than a probe waits.
    try (Metrics metrics = new Metrics();
        Server _ = Server.start(options.observability().port(), metrics, routes(ring, opened));
        Connection connection = Connection.open(clusterOptions(options), clock);
        Http http = new Http(System.getenv());
        LivePolicies policies = LivePolicies.open(options.policies(), connection.world(), clock)) {
      opened.complete(policies.catalog());
      metrics.rollouts().info(Version.current(), options.routing().meshProvider());
      lead(options, stop, clock, new Replica(connection, http, policies, metrics, ring));
    }
    log.atInfo().log("stopped");
    return ExitCode.OK;
  }

  private static List<HttpService> routes(TickRing ring, CompletableFuture<Catalog> opened) {
    return List.of(
        new ReadyRoute(opened::isDone),
        new RolloutsApi(ring, digest -> opened.join().decided(digest)),
        new PoliciesApi(() -> opened.isDone() ? opened.join().states() : List.of()));
  }

  /** What a replica has, whether it leads or not. */
  record Replica(
      Connection connection, Http http, LivePolicies policies, Metrics metrics, TickRing ring) {}

  /** What a replica acts with while it leads. */
  record Outside(FabricCluster cluster, HttpWebhooks webhooks, Secrets secrets) {}

  /**
   * Waits for leadership, looks after rollouts while it lasts, and ends when asked or when it is
   * lost.
   */
  private static void lead(
      ControllerOptions options, StopSignal stop, InstantSource clock, Replica process)
      throws InterruptedException {
    AtomicReference<@Nullable Leadership> held = new AtomicReference<>();
    try (FabricCluster cluster = process.connection().cluster(() -> leads(held.get()))) {
      Outside outside =
          new Outside(
              cluster,
              new HttpWebhooks(process.http(), HttpWebhooks.UP_TO_202, clock),
              secrets(process.connection().world(), cluster));
      lead(options, stop, clock, process, outside, held);
    }
  }

  private static void lead(
      ControllerOptions options,
      StopSignal stop,
      InstantSource clock,
      Replica process,
      Outside outside,
      AtomicReference<@Nullable Leadership> held)
      throws InterruptedException {
    try (PolicyWriter writer =
            new PolicyWriter(outside.cluster(), options.policies().policyNamespace(), clock);
        LiveTellers tellers = LiveTellers.open(options, clock, process, outside);
        Controller controller = controller(options, clock, process, outside, tellers)) {
      BooleanSupplier leading = () -> leads(held.get());
      BiConsumer<ObjectRef, PolicyState> told =
          (object, state) -> writer.tell(object, () -> process.policies().outcome(state));
      follow(process, controller, told, leading);
      Runnable begin =
          () -> {
            controller.start();
            process.policies().tellAll(told);
          };
      try (Leadership leadership = leadership(options, process.connection(), begin, stop)) {
        // The race: a lease that is free is won at once, and the first writes of the new leader
        // would be refused if they came before this replica could be asked whether it leads.
        held.set(leadership);
        leadership.start();
        log.atInfo()
            .addKeyValue("policy", process.policies().catalog().fallback().digest())
            .log("looking after canaries");
        stop.await();
        log.atInfo()
            .addKeyValue("ticks", controller.running())
            .log("stopping once running ticks end");
        controller.close();
      }
    }
  }

  /** Hands the changes of the cluster and of policies on to whom they concern. */
  private static void follow(
      Replica process,
      Controller controller,
      BiConsumer<ObjectRef, PolicyState> told,
      BooleanSupplier leading) {
    LivePolicies policies = process.policies();
    process
        .connection()
        .world()
        .onChange(
            change -> {
              if (!change.isOwn() && leading.getAsBoolean()) {
                controller.changed(change.ref());
              }
            });
    policies.listen(
        (object, state) -> {
          if (leading.getAsBoolean()) {
            told.accept(object, state);
          }
        });
    policies
        .catalog()
        .listen(
            _ -> {
              if (leading.getAsBoolean()) {
                controller.policiesChanged();
              }
            });
  }

  private static boolean leads(@Nullable Leadership leadership) {
    return leadership != null && leadership.isLeader();
  }

  private static Leadership leadership(
      ControllerOptions options, Connection connection, Runnable begin, StopSignal stop) {
    var wanted = options.leadership();
    return wanted.enabled()
        ? connection.leadership(wanted.namespace(), wanted.lease(), begin, stop::request)
        : Leadership.alone(begin);
  }

  private static Controller controller(
      ControllerOptions options,
      InstantSource clock,
      Replica process,
      Outside outside,
      LiveTellers tellers) {
    LiveMeter meter =
        new LiveMeter(
            process.connection().world(),
            outside.secrets(),
            new LiveMeter.Settings(
                options.routing().meshProvider(),
                Backend.prometheus(options.observability().metricsServer().toString())),
            process.http(),
            clock);
    return new Controller(
        outside.cluster(),
        rooms(options),
        rolloutOptions(options),
        process.policies().catalog(),
        outside.webhooks(),
        meter,
        tellers.all(),
        clock,
        1);
  }

  private static Secrets secrets(FabricWorld world, FabricCluster cluster) {
    var secrets = new io.serin.cluster.Secrets(world, cluster);
    return (namespace, name) -> Optional.ofNullable(secrets.data(namespace, name));
  }

  private static Rooms rooms(ControllerOptions options) {
    WorkloadOptions workloads =
        new WorkloadOptions(
            options.workloads().selectorLabels(),
            options.workloads().includeLabelPrefix(),
            options.workloads().enableConfigTracking());
    TrafficOptions traffic =
        new TrafficOptions(
            options.routing().ingressAnnotationsPrefix(), options.routing().ingressClass(), true);
    return new Rooms(new Targets(workloads), new Configs(workloads), new Routers(traffic));
  }

  private static RolloutOptions rolloutOptions(ControllerOptions options) {
    return new RolloutOptions(
        options.routing().meshProvider(),
        !options.scope().noCrossNamespaceRefs(),
        options.scope().slot(),
        ZoneId.systemDefault(),
        RolloutOptions.DEFAULTS.jitter(),
        options.policies().calendar());
  }

  private static ClusterOptions clusterOptions(ControllerOptions options) {
    var connection = options.connection();
    return new ClusterOptions(
        connection.kubeconfig(),
        connection.master(),
        options.scope().namespace(),
        options.policies().policyNamespace(),
        connection.qps(),
        connection.burst());
  }
}
