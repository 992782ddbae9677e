package io.serin.workload;

import io.serin.api.AutoscalerRef;
import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.PrimaryScalerReplicas;
import io.serin.api.World;
import io.serin.fact.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers. They leave a target of zero replicas alone by themselves, so there is
 * nothing to pause.
 */
final class HpaScaler implements Scaler {
  static final String KIND = "HorizontalPodAutoscaler";
  private static final String API_VERSION = "autoscaling/v2";
  private static final List<String> BOUNDS_AND_METRICS =
      List.of("minReplicas", "maxReplicas", "metrics", "behavior");

  @Override
  public ObjectRef target(Canary canary) {
    return new ObjectRef(API_VERSION, KIND, canary.namespace(), reference(canary).name());
  }

  @Override
  public ObjectRef primary(Canary canary) {
    return new ObjectRef(API_VERSION, KIND, canary.namespace(), reference(canary).primaryName());
  }

  private static AutoscalerRef reference(Canary canary) {
    return Objects.requireNonNull(canary.spec().autoscalerRef(), "the canary names no autoscaler");
  }

  @Override
  public List<Problem> problems(Canary canary, World world) {
    ObjectRef ref = target(canary);
    if (!world.synced(API_VERSION, KIND)) {
      return List.of(new Problem(Problem.Kind.UNSYNCED, ref + " is not in the cache yet"));
    }
    return world.get(ref) != null
        ? List.of()
        : List.of(
            new Problem(
                Problem.Kind.MISSING,
                ref + " get query error: not found; create it or correct spec.autoscalerRef"));
  }

  @Override
  public KubeObject primary(Canary canary, KubeObject scaler, @Nullable KubeObject existing) {
    KubeObject start =
        existing != null
            ? existing
            : KubeObject.of(primary(canary))
                .with(tree -> CanaryOwner.own(Trees.object(tree, "metadata"), canary));
    return start.with(
        tree -> {
          ObjectNode metadata = Trees.object(tree, "metadata");
          Trees.setTexts(metadata, "labels", WorkloadOptions.copied(scaler.labels()));
          Trees.setTexts(metadata, "annotations", WorkloadOptions.copied(scaler.annotations()));
          derive(canary, scaler, Trees.object(tree, "spec"));
        });
  }

  private static void derive(Canary canary, KubeObject scaler, ObjectNode spec) {
    Trees.copyField(scaler.at("spec"), spec, "scaleTargetRef");
    Trees.object(spec, "scaleTargetRef").put("name", canary.primaryName());
    Trees.copyFields(scaler.at("spec"), spec, BOUNDS_AND_METRICS);
    PrimaryScalerReplicas bounds = reference(canary).primaryScalerReplicas();
    if (bounds != null && bounds.minReplicas() != null) {
      spec.put("minReplicas", bounds.minReplicas());
    }
    if (bounds != null && bounds.maxReplicas() != null) {
      spec.put("maxReplicas", bounds.maxReplicas());
    }
  }

  @Override
  public int minimum(@Nullable KubeObject scaler) {
    return scaler == null ? 1 : (int) Math.max(1, scaler.number(1, "spec", "minReplicas"));
  }

  @Override
  public KubeObject paused(KubeObject scaler) {
    return scaler;
  }

  @Override
  public KubeObject resumed(KubeObject scaler) {
    return scaler;
  }
}
