package io.serin.demo;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stand-in for the Deployment controller and the nodes: each Deployment has the pods that it wants,
 * a new template is rolled out without a gap, and the status says how far that is.
 */
final class Workloads implements ResourceEventHandler<Deployment>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);
  private static final Duration RETRY = Duration.ofMillis(200);

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Duration startUp;
  private final Pods pods;
  private final Metrics metrics;

  /** Only the worker's thread touches this, and the ReplicaSets in it. */
  private final Map<String, ReplicaSets> deployments = new HashMap<>();

  private final ScheduledExecutorService worker =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("deployments").factory());
  private final SharedIndexInformer<Deployment> informer;

  /**
   * Starts to serve all namespaces.
   *
   * @param client stays the caller's, and is to be closed after this
   * @param clock the time in a status
   * @param startUp how long a pod really takes to become ready
   */
  Workloads(
      KubernetesClient client, InstantSource clock, Duration startUp, Pods pods, Metrics metrics) {
    this.client = client;
    this.clock = clock;
    this.startUp = startUp;
    this.pods = pods;
    this.metrics = metrics;
    this.informer = client.apps().deployments().inAnyNamespace().inform(this);
  }

  @Override
  public void onAdd(Deployment added) {
    later(key(added), Duration.ZERO);
  }

  @Override
  public void onUpdate(Deployment before, Deployment after) {
    later(key(after), Duration.ZERO);
  }

  @Override
  public void onDelete(Deployment deleted, boolean finalStateUnknown) {
    later(key(deleted), Duration.ZERO);
  }

  /** Ends all pods. */
  @Override
  public void close() {
    informer.stop();
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The worker of the Deployments still runs");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    deployments.values().forEach(ReplicaSets::close);
  }

  private void later(String key, Duration delay) {
    try {
      var _ = worker.schedule(() -> serve(key), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closed while an event was under way.
    }
  }

  private void serve(String key) {
    Deployment deployment = informer.getIndexer().getByKey(key);
    if (deployment == null) {
      ReplicaSets gone = deployments.remove(key);
      if (gone != null) {
        gone.close();
      }
      return;
    }
    ReplicaSets sets =
        deployments.computeIfAbsent(key, _ -> new ReplicaSets(pods, metrics, startUp));
    if (sets.follow(deployment)) {
      later(key, startUp);
    }
    write(key, deployment, sets);
  }

  private void write(String key, Deployment deployment, ReplicaSets sets) {
    DeploymentCounts counts = sets.counts(deployment);
    if (counts.equals(DeploymentCounts.of(deployment.getStatus()))) {
      return;
    }
    try {
      client
          .apps()
          .deployments()
          .inNamespace(deployment.getMetadata().getNamespace())
          .withName(deployment.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), counts.patch(clock.instant()));
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("deployment", key).setCause(e).log("Status not written");
      later(key, RETRY);
    }
  }

  private static String key(Deployment deployment) {
    return deployment.getMetadata().getNamespace() + "/" + deployment.getMetadata().getName();
  }
}
