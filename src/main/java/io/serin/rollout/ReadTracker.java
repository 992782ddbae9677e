package io.serin.rollout;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A world that remembers which objects were looked at, so that a change of one of them wakes who
 * looked.
 */
final class ReadTracker implements World {

  private final World world;
  private final Set<ObjectRef> reads = new HashSet<>();

  ReadTracker(World world) {
    this.world = world;
  }

  Set<ObjectRef> reads() {
    return reads;
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    reads.add(ref);
    return world.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return world.list(apiVersion, kind, namespace);
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return world.synced(apiVersion, kind);
  }
}
