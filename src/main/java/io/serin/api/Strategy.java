package io.serin.api;

/** How traffic reaches the canary during the analysis. */
public enum Strategy implements WireName {
  /** A growing share of all requests. */
  PROGRESSIVE("canary"),
  /** Requests that match a condition, for a number of iterations. */
  AB_TESTING("ab-testing"),
  /** No live traffic (or a mirror of it) for a number of iterations, then all of it. */
  BLUE_GREEN("blue-green");

  private final String wireName;

  Strategy(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
