package io.serin.api;

import java.util.ArrayList;
import java.util.List;

/** A receiver of alerts that Canaries refer to. Read as leniently as a {@link Canary}. */
public record AlertProvider(
    Metadata metadata, AlertProviderSpec spec, ConditionsStatus status, List<Finding> findings) {

  public AlertProvider {
    findings = List.copyOf(findings);
  }

  public static AlertProvider of(KubeObject object) {
    List<Finding> findings = new ArrayList<>();
    Fields root = new Fields(object.tree(), "", findings);
    AlertProviderSpec spec = root.objectOrEmpty("spec", AlertProviderSpec::read);
    ConditionsStatus status = root.objectOrEmpty("status", ConditionsStatus::read);
    return new AlertProvider(Metadata.of(object), spec, status, findings);
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
