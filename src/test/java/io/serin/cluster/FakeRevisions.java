package io.serin.cluster;

import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster of objects that come and go, which notes what is written to it. */
final class FakeRevisions implements Cluster, World {

  final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();
  final List<String> writes = new ArrayList<>();
  boolean synced = true;
  @Nullable ClusterException refusal;

  KubeObject add(KubeObject object) {
    objects.put(object.ref(), object);
    return object;
  }

  @Override
  public World world() {
    return this;
  }

  @Override
  public void create(KubeObject object) {
    writes.add("create " + object.ref());
    if (refusal != null) {
      throw refusal;
    }
    add(object);
  }

  @Override
  public void delete(ObjectRef ref) {
    writes.add("delete " + ref);
    objects.remove(ref);
  }

  @Override
  public KubeObject writeStatus(KubeObject canary, CanaryStatus status) {
    throw new AssertionError("no status is written");
  }

  @Override
  public boolean update(KubeObject observed, KubeObject desired) {
    throw new AssertionError("a revision is never changed");
  }

  @Override
  public @Nullable KubeObject read(ObjectRef ref) {
    throw new AssertionError("the caches are enough");
  }

  @Override
  public void emit(Event event) {
    throw new AssertionError("nobody is told");
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    return objects.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return objects.values().stream()
        .filter(o -> o.apiVersion().equals(apiVersion) && o.kind().equals(kind))
        .filter(o -> o.namespace().equals(namespace))
        .toList();
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return synced;
  }
}
