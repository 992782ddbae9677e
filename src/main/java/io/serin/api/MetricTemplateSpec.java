package io.serin.api;

/** The provider to ask and the template of the question. */
public record MetricTemplateSpec(MetricProvider provider, String query) {
  static MetricTemplateSpec read(Fields f) {
    MetricTemplateSpec spec =
        new MetricTemplateSpec(f.objectOrEmpty("provider", MetricProvider::read), f.text("query"));
    if (spec.query().isEmpty()) {
      f.error("query", "is missing; write the query to send to the provider");
    }
    return spec;
  }
}
