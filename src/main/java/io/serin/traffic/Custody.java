package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.CustomMetadata;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose a routing object is: made for the Canary, or somebody's that was taken over and is given
 * back as it was.
 */
final class Custody {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Custody() {}

  /** The object to work on: the observed one, else a new one that belongs to the Canary. */
  static KubeObject begin(
      @Nullable KubeObject observed, ObjectRef ref, Canary canary, boolean ownerReference) {
    if (observed != null) {
      return observed;
    }
    KubeObject fresh = KubeObject.of(ref);
    return ownerReference
        ? fresh.with(tree -> CanaryOwner.own(Json.child(tree, "metadata"), canary))
        : fresh;
  }

  /** What {@code service.apex} wants on the routing object. */
  static AppliedMetadata apexMetadata(Canary canary) {
    CustomMetadata apex = canary.spec().service().apex();
    return apex == null
        ? AppliedMetadata.NONE
        : new AppliedMetadata(apex.labels(), apex.annotations());
  }

  /**
   * Remembers the spec of an object that somebody else made, once. What kubectl applied needs no
   * second copy.
   *
   * @param ours whether its spec is already a canary's route
   */
  static void keepOriginal(ObjectNode tree, KubeObject before, Canary canary, boolean ours) {
    boolean taken =
        ours
            || CanaryOwner.owns(canary, before)
            || AppliedMetadata.isHeldFromFlux(before.annotations());
    boolean kept =
        before.has("metadata", "annotations", Names.ORIGINAL_CONFIGURATION)
            || before.has("metadata", "annotations", Names.LAST_APPLIED_CONFIGURATION);
    if (!taken && !kept && before.has("spec")) {
      ObjectNode annotations = Json.child(Json.child(tree, "metadata"), "annotations");
      annotations.put(Names.ORIGINAL_CONFIGURATION, before.at("spec").toString());
    }
  }

  /**
   * A taken-over object as its owner had it; nothing for one that goes with the Canary and for one
   * that was never touched or is given back already.
   */
  static List<KubeObject> released(Canary canary, KubeObject object) {
    boolean taken =
        !CanaryOwner.owns(canary, object) && AppliedMetadata.isHeldFromFlux(object.annotations());
    return taken ? List.of(giveBack(object)) : List.of();
  }

  private static KubeObject giveBack(KubeObject object) {
    JsonNode spec = original(object);
    return object.with(
        tree -> {
          if (spec.isObject()) {
            tree.set("spec", spec);
          }
          AppliedMetadata.takeOff(tree);
        });
  }

  private static JsonNode original(KubeObject object) {
    JsonNode applied = read(object.annotation(Names.LAST_APPLIED_CONFIGURATION)).path("spec");
    return applied.isObject() ? applied : read(object.annotation(Names.ORIGINAL_CONFIGURATION));
  }

  private static JsonNode read(String json) {
    try {
      return json.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(json);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
