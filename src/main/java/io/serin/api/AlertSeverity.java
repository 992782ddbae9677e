package io.serin.api;

/**
 * How bad the news of an alert are, mildest first; in a list of alerts, the mildest that is wanted.
 */
public enum AlertSeverity implements WireName {
  INFO("info"),
  WARN("warn"),
  ERROR("error");

  private final String wireName;

  AlertSeverity(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Whether somebody who asked for this severity wants to hear of {@code raised}. */
  public boolean wants(AlertSeverity raised) {
    return raised.compareTo(this) >= 0;
  }
}
