package io.serin.api;

/** Where alerts about a Canary go, and from which severity on; W10: no severity means info. */
public record AlertRef(String name, AlertSeverity severity, ProviderRef providerRef) {
  static AlertRef read(Fields f) {
    return new AlertRef(
        f.text("name"),
        f.choice("severity", AlertSeverity.values(), AlertSeverity.INFO),
        f.objectOrEmpty("providerRef", ProviderRef::read));
  }
}
