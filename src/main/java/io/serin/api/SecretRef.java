package io.serin.api;

/** A Secret in the namespace of the resource that names it. */
public record SecretRef(String name) {
  static SecretRef read(Fields f) {
    return new SecretRef(f.text("name"));
  }
}
