package io.serin.api;

/**
 * How often and on what a proxy tries again; durations and conditions in the proxy's own syntax.
 */
public record Retries(int attempts, String perTryTimeout, String retryOn) {
  static Retries read(Fields f) {
    return new Retries(f.whole("attempts", 0), f.text("perTryTimeout"), f.text("retryOn"));
  }
}
