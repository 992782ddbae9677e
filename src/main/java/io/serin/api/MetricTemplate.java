package io.serin.api;

import java.util.ArrayList;
import java.util.List;

/** A query for a metric provider that Canaries refer to. Read as leniently as a {@link Canary}. */
public record MetricTemplate(
    Metadata metadata, MetricTemplateSpec spec, ConditionsStatus status, List<Finding> findings) {

  public MetricTemplate {
    findings = List.copyOf(findings);
  }

  public static MetricTemplate of(KubeObject object) {
    List<Finding> findings = new ArrayList<>();
    Fields root = new Fields(object.tree(), "", findings);
    MetricTemplateSpec spec = root.objectOrEmpty("spec", MetricTemplateSpec::read);
    ConditionsStatus status = root.objectOrEmpty("status", ConditionsStatus::read);
    return new MetricTemplate(Metadata.of(object), spec, status, findings);
  }

  /** What was wrong with single fields, one line each. */
  public List<String> problems() {
    return findings.stream().map(Finding::toString).toList();
  }

  public String namespace() {
    return metadata.namespace();
  }

  public String name() {
    return metadata.name();
  }
}
