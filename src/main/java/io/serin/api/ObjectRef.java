package io.serin.api;

/** Points at one Kubernetes object. {@code namespace} is empty for cluster-scoped objects. */
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {

  /** The form used in messages: {@code Deployment shop.web}. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? kind + " " + name : kind + " " + name + "." + namespace;
  }
}
