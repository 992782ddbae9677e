package io.serin.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A Canary as it was stored. Reading never fails: what could not be used has its default and is
 * named in {@code findings}.
 */
public record Canary(
    Metadata metadata, CanarySpec spec, CanaryStatus status, List<Finding> findings) {

  public Canary {
    findings = List.copyOf(findings);
  }

  public static Canary of(KubeObject object) {
    List<Finding> findings = new ArrayList<>();
    Fields root = new Fields(object.tree(), "", findings);
    CanarySpec spec = root.objectOrEmpty("spec", CanarySpec::read);
    CanaryStatus status = root.objectOrEmpty("status", CanaryStatus::read);
    return new Canary(Metadata.of(object), spec, status, findings);
  }

  /** The same canary in another state. */
  public Canary with(CanaryStatus other) {
    return new Canary(metadata, spec, other, findings);
  }

  /** What was wrong with single fields, one line each. */
  public List<String> problems() {
    return findings.stream().map(Finding::toString).toList();
  }

  /**
   * Everything that is wrong with the spec: the findings of reading it and what shows only in the
   * combination of fields. A rollout must not start while one of them is an error.
   */
  public List<Finding> validate() {
    List<Finding> all = new ArrayList<>(findings);
    CanaryProblems.find(this, all);
    return List.copyOf(all);
  }

  /** References into other namespaces, which {@code -no-cross-namespace-refs} forbids. */
  public List<Finding> crossNamespaceRefs() {
    return CanaryProblems.crossNamespaceRefs(this);
  }

  public String namespace() {
    return metadata.namespace();
  }

  public String name() {
    return metadata.name();
  }

  public ObjectRef ref() {
    return new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, namespace(), name());
  }

  /** The user's workload. */
  public String targetName() {
    return spec.targetRef().name();
  }

  /** The stable copy of the workload. */
  public String primaryName() {
    return Names.primary(targetName());
  }

  /** The Service that clients use. */
  public String apexName() {
    return spec.service().apexName(targetName());
  }

  public String primaryServiceName() {
    return Names.primary(apexName());
  }

  public String canaryServiceName() {
    return Names.canary(apexName());
  }

  /** The analysis, all defaults when the spec has none; see {@link #analysisSkipped}. */
  public Analysis analysis() {
    Analysis analysis = spec.analysis();
    return analysis == null ? Analysis.NONE : analysis;
  }

  /**
   * Whether new revisions are promoted without analysis: asked for by {@code spec.skipAnalysis} or
   * the annotation {@value Names#SKIP_ANALYSIS}, or because there is no analysis at all.
   */
  public boolean analysisSkipped() {
    return spec.skipAnalysis()
        || spec.analysis() == null
        || metadata.isAnnotated(Names.SKIP_ANALYSIS);
  }

  /**
   * Whether nothing may be done, by {@code spec.suspend} or the annotation {@value Names#SUSPEND}.
   */
  public boolean suspended() {
    return spec.suspend() || metadata.isAnnotated(Names.SUSPEND);
  }

  /** Whether the annotation {@value Names#FORCE_ROLLBACK} asks to take a running rollout back. */
  public boolean rollbackForced() {
    return metadata.isAnnotated(Names.FORCE_ROLLBACK);
  }

  public Strategy strategy() {
    return analysis().strategy();
  }
}
