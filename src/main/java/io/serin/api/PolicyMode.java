package io.serin.api;

/** What a promotion policy does. */
public enum PolicyMode implements WireName {
  /** It decides. */
  ENFORCE("Enforce"),
  /** It decides beside the active policy; nothing comes of it but a count and a record. */
  SHADOW("Shadow"),
  /** It is left out. */
  OFF("Off");

  private final String wireName;

  PolicyMode(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
