package io.serin.metric;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A cluster that holds what a test puts into it. */
final class FakeWorld implements World {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Map<ObjectRef, KubeObject> objects = new HashMap<>();
  boolean synced = true;

  static KubeObject object(String yaml) {
    return new KubeObject((ObjectNode) YAML.readTree(yaml));
  }

  void add(String yaml) {
    KubeObject object = object(yaml);
    objects.put(object.ref(), object);
  }

  @Override
  public @Nullable KubeObject get(ObjectRef ref) {
    return objects.get(ref);
  }

  @Override
  public List<KubeObject> list(String apiVersion, String kind, String namespace) {
    return List.copyOf(objects.values());
  }

  @Override
  public boolean synced(String apiVersion, String kind) {
    return synced;
  }
}
