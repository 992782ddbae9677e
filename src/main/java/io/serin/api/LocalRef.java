package io.serin.api;

/**
 * An Ingress, ApisixRoute or Upstream; {@code namespace} (Upstream only) is empty for the Canary's
 * own.
 */
public record LocalRef(String apiVersion, String kind, String name, String namespace) {
  static LocalRef read(Fields f) {
    return new LocalRef(f.text("apiVersion"), f.text("kind"), f.text("name"), f.text("namespace"));
  }

  public String namespaceOr(String own) {
    return namespace.isEmpty() ? own : namespace;
  }
}
