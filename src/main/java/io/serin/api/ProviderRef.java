package io.serin.api;

/** An AlertProvider; {@code namespace} is empty for the Canary's own. */
public record ProviderRef(String name, String namespace) {
  static ProviderRef read(Fields f) {
    return new ProviderRef(f.text("name"), f.text("namespace"));
  }

  public String namespaceOr(String own) {
    return namespace.isEmpty() ? own : namespace;
  }
}
