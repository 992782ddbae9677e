package io.serin.api;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a chat room or an alert manager.
 *
 * @param type one of the names in the schema, for example {@code slack}
 * @param channel room to write to
 * @param username sender to show
 * @param address URL; the Secret's {@code address} wins over it
 * @param proxy HTTP proxy for this receiver, empty for none
 * @param secretRef keys {@code address} and {@code token}, in the provider's namespace
 */
public record AlertProviderSpec(
    String type,
    String channel,
    String username,
    String address,
    String proxy,
    @Nullable SecretRef secretRef) {

  static AlertProviderSpec read(Fields f) {
    AlertProviderSpec spec =
        new AlertProviderSpec(
            f.text("type"),
            f.text("channel", "general"),
            f.text("username", "flagger"),
            f.text("address"),
            f.text("proxy"),
            f.object("secretRef", SecretRef::read));
    spec.findProblems(f);
    return spec;
  }

  private void findProblems(Fields f) {
    if (type.isEmpty()) {
      f.error("type", "is missing; write the kind of receiver, for example slack");
    }
    if (address.isEmpty() && secretRef == null) {
      f.error("address", "is missing; write an address or a secretRef");
    }
  }
}
