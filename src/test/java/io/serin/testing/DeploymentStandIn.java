package io.serin.testing;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the deployment controller and the nodes where there are none: whatever a Deployment of one
 * namespace wants is ready at once, unless a test says otherwise for its name. It writes nothing
 * but the status.
 */
public final class DeploymentStandIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentStandIn.class);
  // A patch that failed, say while the API server restarts, is tried again after this long.
  private static final Duration RESYNC = Duration.ofSeconds(1);

  private enum Outcome {
    READY,
    UNREADY,
    TIMED_OUT
  }

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("deployments").factory());
  private final SharedIndexInformer<Deployment> informer;

  private DeploymentStandIn(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.informer =
        client.apps().deployments().inNamespace(namespace).inform(new Handler(), RESYNC.toMillis());
  }

  /**
   * Starts to serve a namespace.
   *
   * @param client stays the caller's, and is to be closed after this
   */
  public static DeploymentStandIn serving(KubernetesClient client, String namespace) {
    return new DeploymentStandIn(client, namespace);
  }

  /** From now on the Deployment's pods start but never become ready. */
  public void leaveUnready(String deployment) {
    set(deployment, Outcome.UNREADY);
  }

  /** From now on the Deployment has exceeded its progress deadline. */
  public void timeOut(String deployment) {
    set(deployment, Outcome.TIMED_OUT);
  }

  /** Undoes {@link #leaveUnready} and {@link #timeOut}. */
  public void makeReady(String deployment) {
    set(deployment, Outcome.READY);
  }

  @Override
  public void close() {
    informer.stop();
    worker.shutdownNow();
  }

  private final class Handler implements ResourceEventHandler<Deployment> {
    @Override
    public void onAdd(Deployment added) {
      submit(added);
    }

    @Override
    public void onUpdate(Deployment before, Deployment after) {
      submit(after);
    }

    @Override
    public void onDelete(Deployment deleted, boolean finalStateUnknown) {}
  }

  private void set(String deployment, Outcome outcome) {
    outcomes.put(deployment, outcome);
    Deployment known = informer.getIndexer().getByKey(namespace + "/" + deployment);
    if (known != null) {
      submit(known);
    }
  }

  private void submit(Deployment deployment) {
    try {
      worker.execute(() -> serve(deployment));
    } catch (RejectedExecutionException _) {
      // Closed while an event was under way.
    }
  }

  private void serve(Deployment deployment) {
    String name = deployment.getMetadata().getName();
    DeploymentStatus wanted = status(deployment, outcomes.getOrDefault(name, Outcome.READY));
    if (says(deployment.getStatus(), wanted)) {
      return;
    }
    Deployment patch =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withStatus(wanted)
            .build();
    try {
      client
          .apps()
          .deployments()
          .inNamespace(namespace)
          .withName(name)
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client.getKubernetesSerialization().asJson(patch));
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("deployment", name).setCause(e).log("Status not patched");
    }
  }

  private static DeploymentStatus status(Deployment deployment, Outcome outcome) {
    int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    int ready = outcome == Outcome.READY ? replicas : 0;
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(replicas)
        .withUpdatedReplicas(replicas)
        .withReadyReplicas(ready)
        .withAvailableReplicas(ready)
        .withUnavailableReplicas(replicas - ready)
        .withConditions(available(outcome), progressing(outcome))
        .build();
  }

  private static DeploymentCondition available(Outcome outcome) {
    return outcome == Outcome.READY
        ? condition("Available", "True", "MinimumReplicasAvailable")
        : condition("Available", "False", "MinimumReplicasUnavailable");
  }

  private static DeploymentCondition progressing(Outcome outcome) {
    return switch (outcome) {
      case READY -> condition("Progressing", "True", "NewReplicaSetAvailable");
      case UNREADY -> condition("Progressing", "True", "ReplicaSetUpdated");
      case TIMED_OUT -> condition("Progressing", "False", "ProgressDeadlineExceeded");
    };
  }

  private static DeploymentCondition condition(String type, String status, String reason) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new DeploymentConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("set by a test")
        .withLastUpdateTime(now)
        .withLastTransitionTime(now)
        .build();
  }

  private static boolean says(@Nullable DeploymentStatus current, DeploymentStatus wanted) {
    return current != null && summary(current).equals(summary(wanted));
  }

  /** What a status says, times apart. The API server leaves out zeros. */
  private static List<Object> summary(DeploymentStatus status) {
    return List.of(
        Objects.requireNonNullElse(status.getObservedGeneration(), 0L),
        Objects.requireNonNullElse(status.getReplicas(), 0),
        Objects.requireNonNullElse(status.getUpdatedReplicas(), 0),
        Objects.requireNonNullElse(status.getReadyReplicas(), 0),
        Objects.requireNonNullElse(status.getAvailableReplicas(), 0),
        Objects.requireNonNullElse(status.getUnavailableReplicas(), 0),
        status.getConditions().stream()
            .map(c -> String.join("/", c.getType(), c.getStatus(), c.getReason()))
            .sorted()
            .toList());
  }
}
