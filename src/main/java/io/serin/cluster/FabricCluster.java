package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.PromotionPolicyStatus;
import io.serin.api.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes to a cluster, few and small: merge patches of what differs, sent as bytes. What was
 * written is visible in the {@linkplain #world() caches} when the method returns.
 */
public final class FabricCluster implements Cluster, AutoCloseable {
  /** How long events may still be sent on closing. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final FabricWorld world;
  private final Requests requests;
  private final EventRecorder events;

  /**
   * @param client stays the caller's, and is to be closed after this
   * @param mayWrite asked before every write; while false, writes throw {@link NotLeaderException}
   *     and events are left out
   */
  public FabricCluster(
      KubernetesClient client,
      FabricWorld world,
      ClusterOptions options,
      BooleanSupplier mayWrite,
      InstantSource clock) {
    RateLimit limit = new RateLimit(options.qps(), options.burst(), System::nanoTime);
    this.world = world;
    this.requests = new Requests(client, world.kinds(), mayWrite, limit);
    this.events = new EventRecorder(requests, clock, DRAIN);
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public KubeObject writeStatus(KubeObject canary, CanaryStatus status) {
    return writeStatus(canary, status.toTree());
  }

  /** Replaces the status of a promotion policy; nothing is sent when it is the same. */
  void writeStatus(KubeObject policy, PromotionPolicyStatus status) {
    writeStatus(policy, status.toTree());
  }

  private KubeObject writeStatus(KubeObject object, ObjectNode status) {
    ObjectNode difference = MergePatch.between(object.at("status"), status);
    if (difference.isEmpty()) {
      return object;
    }
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    patch.set("status", difference);
    return patch(object, "status", patch).object();
  }

  @Override
  public void create(KubeObject object) {
    ObjectRef ref = object.ref();
    byte[] answer = requests.create(ref, Difference.fromNothing(object));
    world.wrote(ref, Trimmer.trim(answer));
  }

  @Override
  public boolean update(KubeObject observed, KubeObject desired) {
    ObjectNode difference = Difference.between(observed, desired);
    if (difference.isEmpty()) {
      return false;
    }
    requireSameState(observed, desired);
    patch(observed, "", difference);
    return true;
  }

  /**
   * The cache may have moved on since the desired object was derived. The difference to what is
   * newer would undo what somebody else did meanwhile.
   */
  private static void requireSameState(KubeObject observed, KubeObject desired) {
    String base = desired.resourceVersion();
    if (!base.isEmpty() && !base.equals(observed.resourceVersion())) {
      throw new ConflictException(
          "patch %s: derived from resource version %s, which is %s by now"
              .formatted(desired.ref(), base, observed.resourceVersion()));
    }
  }

  @Override
  public void delete(ObjectRef ref) {
    byte[] answer = requests.delete(ref);
    if (answer == null || answer.length == 0) {
      world.deleted(ref);
      return;
    }
    // A Status or the last state when it is gone; while a finalizer keeps it, the marked object.
    Stored stored = Trimmer.trim(answer);
    if (stored.object().isDeleting()) {
      world.wrote(ref, stored);
    } else {
      world.deleted(ref);
    }
  }

  @Override
  public @Nullable KubeObject read(ObjectRef ref) {
    byte[] answer = requests.read(ref);
    return answer == null ? null : new KubeObject(JsonMapper.shared().readTree(answer).asObject());
  }

  @Override
  public void emit(Event event) {
    events.emit(event);
  }

  /** Sends the events that wait, for some seconds at most. */
  @Override
  public void close() {
    events.close();
  }

  private Stored patch(KubeObject observed, String subresource, ObjectNode patch) {
    ObjectRef ref = observed.ref();
    if (!observed.resourceVersion().isEmpty()) {
      patch.withObject("metadata").put("resourceVersion", observed.resourceVersion());
    }
    Stored stored = Trimmer.trim(requests.patch(ref, subresource, patch));
    KubeObject object = stored.object();
    if (object.isDeleting() && object.finalizers().isEmpty()) {
      // The last finalizer kept it; what came back is what it was.
      world.deleted(ref);
    } else {
      world.wrote(ref, stored);
    }
    return stored;
  }
}
