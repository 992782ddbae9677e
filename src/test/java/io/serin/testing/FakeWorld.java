package io.serin.testing;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A cluster that holds what a test puts into it, with the defaults of an API server if any. */
public final class FakeWorld implements World {
  private final Map<ObjectRef, KubeObject> objects = new LinkedHashMap<>();
  private final UnaryOperator<KubeObject> defaults;
  private boolean synced = true;

  public FakeWorld() {
    this(UnaryOperator.identity());
  }

  public FakeWorld(UnaryOperator<KubeObject> defaults) {
    this.defaults = defaults;
  }

  public static FakeWorld of(KubeObject... objects) {
    return new FakeWorld().apply(objects);
  }

  public FakeWorld apply(KubeObject... all) {
    return apply(List.of(all));
  }

  public FakeWorld apply(List<KubeObject> all) {
    all.forEach(object -> objects.put(object.ref(), defaults.apply(object)));
    return this;
  }

  public FakeWorld delete(ObjectRef ref) {
    objects.remove(ref);
    return this;
  }

  public FakeWorld edit(ObjectRef ref, Consumer<ObjectNode> edit) {
    return apply(object(ref).with(edit));
  }

  /** No kind was listed yet. */
  public FakeWorld unsynced() {
    synced = false;
    return this;
  }

  public KubeObject object(ObjectRef ref) {
    KubeObject object = objects.get(ref);
    if (object == null) {
      throw new AssertionError(ref + " is not there, only " + objects.keySet());
    }
    return object;
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
