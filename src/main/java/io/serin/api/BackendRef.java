package io.serin.api;

/**
 * Where mirrored requests go; {@code namespace} empty for the Canary's own, {@code port} 0 when
 * absent.
 */
public record BackendRef(String group, String kind, String namespace, String name, int port) {
  static BackendRef read(Fields f) {
    return new BackendRef(
        f.text("group"),
        f.text("kind", "Service"),
        f.text("namespace"),
        f.text("name"),
        f.whole("port", 0));
  }
}
