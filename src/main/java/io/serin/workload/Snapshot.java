package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A promoted target as it was then, so that its primary can be derived again when it was deleted or
 * when a later promotion failed. Stored as a ControllerRevision that goes with the Canary; its data
 * cannot be changed, a revision that is promoted again keeps its first snapshot.
 *
 * @param target the target's labels, annotations and spec, under its own name
 * @param configs checksums of the tracked configuration that it was promoted with; their data is
 *     not kept
 */
public record Snapshot(KubeObject target, Map<String, String> configs) {
  private static final String API_VERSION = "apps/v1";
  private static final String KIND = "ControllerRevision";
  private static final JsonMapper JSON = JsonMapper.shared();

  public Snapshot {
    configs = Collections.unmodifiableMap(new TreeMap<>(configs));
  }

  public static ObjectRef ref(Canary canary, String revision) {
    String name = canary.primaryName() + "-" + Revisions.digits(revision);
    return new ObjectRef(API_VERSION, KIND, canary.namespace(), name);
  }

  /** The snapshot of that revision, if there is one. */
  public static Optional<Snapshot> find(World world, Canary canary, String revision) {
    return Optional.ofNullable(world.get(ref(canary, revision)))
        .filter(stored -> stored.annotation(Names.REVISION).equals(revision))
        .filter(stored -> stored.at("data") instanceof ObjectNode)
        .map(stored -> new Snapshot(target(stored), configs(stored)));
  }

  /**
   * The snapshot to store.
   *
   * @param target the target whose revision was or is being promoted
   * @param existing the stored snapshot of this revision, if any
   */
  public static KubeObject of(
      Canary canary,
      KubeObject target,
      String revision,
      Map<String, String> configs,
      @Nullable KubeObject existing) {
    KubeObject start = existing == null ? created(canary, target, revision) : existing;
    return start.with(
        tree -> {
          ObjectNode annotations = Trees.object(Trees.object(tree, "metadata"), "annotations");
          annotations.put(Names.CONFIGS, JSON.writeValueAsString(new TreeMap<>(configs)));
        });
  }

  /**
   * Snapshots of this canary that nothing needs any more.
   *
   * @param needed revisions to keep
   */
  public static List<ObjectRef> outdated(World world, Canary canary, Set<String> needed) {
    return world.list(API_VERSION, KIND, canary.namespace()).stream()
        .filter(stored -> stored.labels().containsKey(Names.SNAPSHOT))
        .filter(stored -> CanaryOwner.owns(canary, stored))
        .filter(stored -> !needed.contains(stored.annotation(Names.REVISION)))
        .map(KubeObject::ref)
        .toList();
  }

  private static KubeObject created(Canary canary, KubeObject target, String revision) {
    return KubeObject.of(ref(canary, revision))
        .with(
            tree -> {
              ObjectNode metadata = Trees.object(tree, "metadata");
              metadata.putObject("labels").put(Names.SNAPSHOT, "true");
              metadata.putObject("annotations").put(Names.REVISION, revision);
              CanaryOwner.own(metadata, canary);
              tree.set("data", data(target));
              tree.put("revision", target.generation());
            });
  }

  private static ObjectNode data(KubeObject target) {
    return KubeObject.of(target.ref())
        .with(
            tree -> {
              ObjectNode metadata = Trees.object(tree, "metadata");
              Trees.setTexts(metadata, "labels", target.labels());
              Trees.setTexts(metadata, "annotations", WorkloadOptions.copied(target.annotations()));
              Trees.copyField(target.tree(), tree, "spec");
            })
        .tree();
  }

  private static KubeObject target(KubeObject stored) {
    return new KubeObject((ObjectNode) stored.at("data"));
  }

  private static Map<String, String> configs(KubeObject stored) {
    try {
      JsonNode configs = JSON.readTree(stored.annotation(Names.CONFIGS));
      return new KubeObject(JsonNodeFactory.instance.objectNode().set("configs", configs))
          .texts("configs");
    } catch (JacksonException e) {
      return Map.of();
    }
  }
}
