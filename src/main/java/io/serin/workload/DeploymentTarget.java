package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.CanaryOwner;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.fact.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments. */
final class DeploymentTarget implements Target {
  private static final String API_VERSION = "apps/v1";
  private static final String KIND = "Deployment";
  private static final List<String> ROLLOUT_SETTINGS =
      List.of("progressDeadlineSeconds", "minReadySeconds", "revisionHistoryLimit", "strategy");

  private final WorkloadOptions options;

  DeploymentTarget(WorkloadOptions options) {
    this.options = options;
  }

  @Override
  public ObjectRef target(Canary canary) {
    return new ObjectRef(API_VERSION, KIND, canary.namespace(), canary.targetName());
  }

  @Override
  public ObjectRef primary(Canary canary) {
    return new ObjectRef(API_VERSION, KIND, canary.namespace(), canary.primaryName());
  }

  @Override
  public List<Problem> problems(Canary canary, World world) {
    return TargetProblems.find(target(canary), "deployment", world, options);
  }

  @Override
  public Optional<Selector> selector(KubeObject target) {
    return Selector.of(target, options.selectorLabels());
  }

  @Override
  public List<DiscoveredPort> ports(Canary canary, KubeObject target) {
    var service = canary.spec().service();
    return service.portDiscovery() ? PortDiscovery.in(target, service) : List.of();
  }

  @Override
  public List<ConfigReference> configs(KubeObject target) {
    return ConfigReferences.in(PodTemplate.of(target).path("spec"));
  }

  @Override
  public String revision(KubeObject target) {
    return Revisions.of(PodTemplate.of(target));
  }

  @Override
  public Workload observe(
      Canary canary, Workload.Role role, @Nullable KubeObject object, Instant now) {
    ObjectRef ref = role == Workload.Role.PRIMARY ? primary(canary) : target(canary);
    if (object == null) {
      String reason = notReady(role, ref) + "deployment " + dotted(ref) + " not found";
      return new Workload(role, ref.name(), KIND, false, false, false, reason, 0, 0);
    }
    var readiness =
        DeploymentReadiness.of(
            object, threshold(canary, role), canary.spec().progressDeadline(), now);
    return new Workload(
        role,
        ref.name(),
        KIND,
        true,
        readiness.ready(),
        readiness.expired(),
        readiness.ready() ? "" : notReady(role, ref) + readiness.reason(),
        replicas(object),
        (int) object.number(0, "status", "availableReplicas"));
  }

  private static int threshold(Canary canary, Workload.Role role) {
    return role == Workload.Role.PRIMARY
        ? canary.analysis().primaryReadyThreshold()
        : canary.analysis().canaryReadyThreshold();
  }

  private static String notReady(Workload.Role role, ObjectRef ref) {
    String subject = role == Workload.Role.PRIMARY ? "" : "canary deployment ";
    return subject + dotted(ref) + " not ready: ";
  }

  private static String dotted(ObjectRef ref) {
    return ref.name() + "." + ref.namespace();
  }

  @Override
  public KubeObject primary(
      Canary canary,
      KubeObject target,
      @Nullable KubeObject existing,
      Map<String, String> configs,
      String podId) {
    Selector selector = requireSelector(target);
    if (existing == null) {
      return created(canary, target, selector, configs, podId);
    }
    if (Revisions.carried(existing, configs).equals(revision(target))) {
      return repaired(target, selector, existing, configs, podId);
    }
    return promoted(canary, target, selector, existing, configs, podId);
  }

  private Selector requireSelector(KubeObject target) {
    return selector(target)
        .orElseThrow(
            () -> new IllegalArgumentException(TargetProblems.unselected(target, options)));
  }

  private KubeObject created(
      Canary canary,
      KubeObject target,
      Selector selector,
      Map<String, String> configs,
      String podId) {
    return KubeObject.of(primary(canary))
        .with(
            tree -> {
              ObjectNode metadata = Trees.object(tree, "metadata");
              Trees.setTexts(metadata, "labels", labels(target, selector));
              Trees.setTexts(metadata, "annotations", WorkloadOptions.copied(target.annotations()));
              Revisions.mark(metadata, revision(target), configs);
              CanaryOwner.own(metadata, canary);
              ObjectNode spec = Trees.object(tree, "spec");
              spec.put("replicas", Math.max(1, replicas(target)));
              Trees.object(Trees.object(spec, "selector"), "matchLabels")
                  .put(selector.label(), selector.primaryValue());
              derivePods(target, selector, spec, configs, podId, null);
            });
  }

  /** Brings the primary to another revision. */
  private KubeObject promoted(
      Canary canary,
      KubeObject target,
      Selector selector,
      KubeObject existing,
      Map<String, String> configs,
      String podId) {
    return existing.with(
        tree -> {
          ObjectNode metadata = Trees.object(tree, "metadata");
          Trees.setTexts(metadata, "labels", labels(target, selector));
          Trees.setTexts(metadata, "annotations", promotedAnnotations(target, existing));
          Revisions.mark(metadata, revision(target), configs);
          ObjectNode spec = Trees.object(tree, "spec");
          if (canary.spec().autoscalerRef() == null && replicas(target) > 0) {
            spec.put("replicas", replicas(target));
          }
          derivePods(target, selector, spec, configs, podId, null);
        });
  }

  /** Undoes edits of a primary that is of the wanted revision, without restarting a sound one. */
  private KubeObject repaired(
      KubeObject target,
      Selector selector,
      KubeObject existing,
      Map<String, String> configs,
      String freshId) {
    String podId =
        existing.text(freshId, "spec", "template", "metadata", "annotations", Names.POD_ID);
    return existing.with(
        tree -> {
          Trees.putTexts(Trees.object(tree, "metadata"), "labels", labels(target, selector));
          derivePods(
              target,
              selector,
              Trees.object(tree, "spec"),
              configs,
              podId,
              PodTemplate.of(existing));
        });
  }

  private Map<String, String> labels(KubeObject target, Selector selector) {
    Map<String, String> labels = options.included(target.labels());
    labels.put(selector.label(), selector.primaryValue());
    return labels;
  }

  private Map<String, String> promotedAnnotations(KubeObject target, KubeObject existing) {
    Map<String, String> annotations = new TreeMap<>(existing.annotations());
    annotations.keySet().removeIf(key -> !WorkloadOptions.isDeploymentControllers(key));
    annotations.putAll(options.included(target.annotations()));
    return annotations;
  }

  private static void derivePods(
      KubeObject target,
      Selector selector,
      ObjectNode spec,
      Map<String, String> configs,
      String podId,
      @Nullable JsonNode kept) {
    Trees.copyFields(target.at("spec"), spec, ROLLOUT_SETTINGS);
    ObjectNode template = PodTemplate.derive(target, selector, configs, kept);
    ObjectNode metadata = Trees.object(template, "metadata");
    Trees.object(metadata, "annotations").put(Names.POD_ID, podId);
    // The selector is immutable: a primary made under other selector labels must still find its
    // pods.
    new KubeObject(spec)
        .texts("selector", "matchLabels")
        .forEach(Trees.object(metadata, "labels")::put);
    spec.set("template", template);
  }

  @Override
  public KubeObject scaledToZero(KubeObject target) {
    return scaledTo(0, target);
  }

  @Override
  public KubeObject scaledUp(KubeObject target, @Nullable KubeObject primary, int minimum) {
    if (replicas(target) > 0) {
      return target;
    }
    int like = primary == null ? 0 : replicas(primary);
    return scaledTo(Math.max(1, minimum > 0 ? minimum : like), target);
  }

  @Override
  public KubeObject released(KubeObject target, @Nullable KubeObject primary, int minimum) {
    return primary == null ? scaledUp(target, null, minimum) : scaledTo(replicas(primary), target);
  }

  private static KubeObject scaledTo(int replicas, KubeObject target) {
    return target.with(tree -> Trees.object(tree, "spec").put("replicas", replicas));
  }

  @Override
  public int replicas(KubeObject object) {
    return (int) object.number(1, "spec", "replicas");
  }
}
