package io.serin.rollout;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.Names;
import io.serin.cluster.ClusterOptions;
import io.serin.cluster.FabricCluster;
import io.serin.cluster.FabricWorld;
import io.serin.cluster.Leadership;
import io.serin.cluster.QuickLease;
import io.serin.policy.PolicyChooser;
import io.serin.testing.KubeApiServer;
import io.serin.traffic.Routers;
import io.serin.traffic.TrafficOptions;
import io.serin.workload.Configs;
import io.serin.workload.Targets;
import io.serin.workload.WorkloadOptions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One replica of the controller in a live namespace, wired as {@code serin controller} wires it, as
 * the user that holds the shipped ClusterRole only.
 */
final class Replica implements AutoCloseable {

  private final String agent;
  private final KubernetesClient client;
  private final FabricWorld world;
  private final FabricCluster cluster;
  private final Controller controller;
  private final AtomicReference<@Nullable Leadership> leadership = new AtomicReference<>();

  private Replica(LiveNamespace home, String agent, KubernetesClient client) {
    this.agent = agent;
    this.client = client;
    world = new FabricWorld(client, home.namespace);
    cluster = new FabricCluster(client, world, ClusterOptions.DEFAULT, this::leads, home.clock);
    controller =
        new Controller(
            cluster,
            new Rooms(
                new Targets(WorkloadOptions.DEFAULTS),
                new Configs(WorkloadOptions.DEFAULTS),
                new Routers(TrafficOptions.DEFAULT)),
            RolloutOptions.DEFAULTS,
            PolicyChooser.always(LiveNamespace.POLICY),
            home.hooks,
            home.meter,
            List.of(
                new EventTeller(cluster),
                (_, _, record) ->
                    home.seen.add(new LiveNamespace.Seen(agent, Instant.now(), record))),
            home.clock,
            LiveNamespace.SPEED);
    world.onChange(
        change -> {
          if (!change.isOwn() && leads()) {
            controller.changed(change.ref());
          }
        });
    world.synced(Names.FLAGGER_API_VERSION, Names.CANARY);
  }

  /** The only one, at work at once. */
  static Replica alone(LiveNamespace home, String agent) {
    Replica replica = new Replica(home, agent, home.server.client(KubeApiServer.CONTROLLER, agent));
    return replica.leading(Leadership.alone(replica.controller::start));
  }

  /** One of several, at work once it holds the namespace's lease. */
  static Replica applying(LiveNamespace home, String agent, KubernetesClient client) {
    Replica replica = new Replica(home, agent, client);
    return replica.leading(
        QuickLease.of(
            client, home.namespace, agent, replica.controller::start, replica.controller::close));
  }

  private Replica leading(Leadership held) {
    leadership.set(held);
    held.start();
    return this;
  }

  boolean leads() {
    Leadership held = leadership.get();
    return held != null && held.isLeader();
  }

  String agent() {
    return agent;
  }

  int timers() {
    return controller.timers();
  }

  @Override
  public void close() {
    controller.close();
    Leadership held = leadership.get();
    if (held != null) {
      held.close();
    }
    cluster.close();
    world.close();
    client.close();
  }
}
