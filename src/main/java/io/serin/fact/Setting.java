package io.serin.fact;

/**
 * A setting of the policy: a number, a duration or a text with a default in the policy, which the
 * Canary may have changed within the bounds that the policy gives.
 *
 * @param name its name
 * @param number its value as a number; seconds for a duration; not a number, so that no comparison
 *     holds, for a text
 * @param text its value as it was written, for reasons and for comparing texts
 */
public record Setting(String name, double number, String text) {

  /** A duration in whole seconds; 0 for a text. */
  public long seconds() {
    return (long) number;
  }
}
