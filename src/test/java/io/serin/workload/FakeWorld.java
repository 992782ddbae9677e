package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster of the given objects. */
final class FakeWorld implements World {
  private final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();
  private boolean synced = true;

  static FakeWorld of(KubeObject... objects) {
    FakeWorld world = new FakeWorld();
    for (KubeObject object : objects) {
      world.objects.put(object.ref(), object);
    }
    return world;
  }

  FakeWorld unsynced() {
    synced = false;
    return this;
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    return objects.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return objects.values().stream()
        .filter(object -> object.apiVersion().equals(apiVersion) && object.kind().equals(kind))
        .filter(object -> namespace.isEmpty() || object.namespace().equals(namespace))
        .toList();
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return synced;
  }
}
