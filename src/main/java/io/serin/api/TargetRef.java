package io.serin.api;

/** The user's workload that is rolled out. */
public record TargetRef(String apiVersion, String kind, String name) {
  static TargetRef read(Fields f) {
    return new TargetRef(f.text("apiVersion"), f.text("kind"), f.text("name"));
  }

  public boolean isKnativeService() {
    return kind.equals("Service") && apiVersion.equals("serving.knative.dev/v1");
  }

  /**
   * A plain Kubernetes Service: traffic moves between Services whose pods somebody else manages.
   */
  public boolean isCoreService() {
    return kind.equals("Service") && !isKnativeService();
  }
}
