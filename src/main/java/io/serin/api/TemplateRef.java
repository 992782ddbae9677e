package io.serin.api;

/** A MetricTemplate; {@code namespace} is empty for the Canary's own. */
public record TemplateRef(String name, String namespace) {
  static TemplateRef read(Fields f) {
    return new TemplateRef(f.text("name"), f.text("namespace"));
  }

  public String namespaceOr(String own) {
    return namespace.isEmpty() ? own : namespace;
  }
}
