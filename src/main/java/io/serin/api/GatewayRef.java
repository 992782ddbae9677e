package io.serin.api;

/**
 * A parent of the HTTPRoute; {@code port} 0, {@code namespace} and {@code sectionName} empty when
 * absent.
 */
public record GatewayRef(
    String group, String kind, String namespace, String name, String sectionName, int port) {

  private static final String DEFAULT_GROUP = "gateway.networking.k8s.io";

  static GatewayRef read(Fields f) {
    return new GatewayRef(
        f.has("group") ? f.text("group") : DEFAULT_GROUP,
        f.text("kind", "Gateway"),
        f.text("namespace"),
        f.text("name"),
        f.text("sectionName"),
        f.whole("port", 0));
  }
}
