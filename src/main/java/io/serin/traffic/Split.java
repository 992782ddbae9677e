package io.serin.traffic;

/**
 * How live traffic is divided.
 *
 * @param primary percent to the primary, 0 to 100
 * @param canary percent to the canary; both add up to 100
 * @param mirrored traffic is copied to the canary as well
 */
public record Split(int primary, int canary, boolean mirrored) {

  /** Everything to the primary, nothing mirrored. */
  public static final Split PRIMARY = new Split(100, 0, false);

  /** A share for the canary, the rest for the primary. */
  public static Split canary(int weight) {
    return new Split(100 - weight, weight, false);
  }
}
