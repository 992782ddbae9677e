package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.ConfigChecksum;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.workload.ConfigReference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ConfigMaps and Secrets that a target's pods read: what counts as a change of them, and the
 * copies that the primary's pods read instead.
 */
public final class Configs {
  private static final Set<String> SECRET_TYPES =
      Set.of("Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/tls");
  private static final List<String> CONTENT = List.of("data", "binaryData", "type", "immutable");

  private final WorkloadOptions options;

  public Configs(WorkloadOptions options) {
    this.options = options;
  }

  /**
   * The checksums of what is tracked now, nothing when tracking is off. What is annotated to be
   * left out, is a Secret of a special type, or is optional and missing does not count.
   */
  public TrackedConfigs tracked(World world, Canary canary, Target kind, KubeObject target) {
    Map<String, String> checksums = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    if (options.configTracking()) {
      for (ConfigReference reference : kind.configs(target)) {
        ObjectRef ref = reference.source(canary.namespace());
        KubeObject source = world.get(ref);
        if (source == null) {
          absent(reference, ref, world).ifPresent(problems::add);
        } else if (isTracked(source)) {
          checksums.put(reference.key(), ConfigChecksum.known(source));
        }
      }
    }
    return new TrackedConfigs(checksums, problems);
  }

  private static Optional<Problem> absent(ConfigReference reference, ObjectRef ref, World world) {
    if (!world.synced(ref.apiVersion(), ref.kind())) {
      return Optional.of(new Problem(Problem.Kind.UNSYNCED, ref + " is not in the cache yet"));
    }
    if (reference.optional()) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            Problem.Kind.MISSING,
            "%s %s.%s get query error: not found; create it or make the reference optional"
                .formatted(ref.kind().toLowerCase(Locale.ROOT), ref.name(), ref.namespace())));
  }

  private static boolean isTracked(KubeObject source) {
    if (source.annotation(Names.CONFIG_TRACKING).startsWith("disable")) {
      return false;
    }
    return !source.kind().equals(Kind.SECRET.wireName())
        || SECRET_TYPES.contains(source.text("Opaque", "type"));
  }

  /**
   * Those whose copy is missing, has other data, or does not name the canary among its owners yet.
   *
   * @param configs checksums by key of what the primary is to read
   */
  public List<ConfigReference> outdated(
      World world, Canary canary, Target kind, KubeObject target, Map<String, String> configs) {
    return kind.configs(target).stream()
        .filter(reference -> configs.containsKey(reference.key()))
        .filter(
            reference -> {
              KubeObject copy = world.get(reference.copy(canary.namespace()));
              return copy == null
                  || !isOwner(copy, canary)
                  || !ConfigChecksum.known(copy).equals(configs.get(reference.key()));
            })
        .toList();
  }

  /**
   * The copy for the primary. Whoever writes it must have read both objects with their data, and
   * have compared {@link ConfigChecksum#of} the source with the one that was analysed.
   *
   * @param existing the present copy, null to create it; when {@link #isFixed} it has to be deleted
   *     first
   */
  public KubeObject copy(Canary canary, KubeObject source, @Nullable KubeObject existing) {
    KubeObject start =
        existing != null
            ? existing
            : KubeObject.of("v1", source.kind(), canary.namespace(), Names.primary(source.name()));
    return start.with(
        tree -> {
          ObjectNode metadata = Trees.object(tree, "metadata");
          Trees.setTexts(metadata, "labels", options.included(source.labels()));
          Trees.setTexts(metadata, "annotations", options.included(source.annotations()));
          shareOwnership(metadata, start, canary);
          Trees.copyFields(source.tree(), tree, CONTENT);
        });
  }

  /** Whether the API server would refuse to make the present copy the wanted one. */
  public static boolean isFixed(KubeObject existing, KubeObject wanted) {
    boolean sealed =
        existing.flag(false, "immutable")
            && (!wanted.flag(false, "immutable")
                || !ConfigChecksum.known(existing).equals(ConfigChecksum.of(wanted)));
    return sealed || !existing.at("type").equals(wanted.at("type"));
  }

  /** Two canaries may share a copy: the first controls it, and it stays until both are gone. */
  private static void shareOwnership(ObjectNode metadata, KubeObject copy, Canary canary) {
    if (isOwner(copy, canary)) {
      return;
    }
    ObjectNode owner = CanaryOwner.reference(canary, copy.controllerOwner().isEmpty());
    if (metadata.path("ownerReferences") instanceof ArrayNode owners) {
      owners.add(owner);
    } else {
      metadata.putArray("ownerReferences").add(owner);
    }
  }

  private static boolean isOwner(KubeObject copy, Canary canary) {
    return copy.list("metadata", "ownerReferences").stream()
        .map((JsonNode owner) -> owner.path("uid").stringValue(""))
        .anyMatch(canary.metadata().uid()::equals);
  }
}
