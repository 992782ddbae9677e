package io.serin.traffic;

/** What a provider's objects say about traffic. */
public sealed interface Observed {

  /** The split that they carry and the gateway has accepted. */
  record Routed(Split split) implements Observed {}

  /**
   * The split that they carry, but the gateway has not accepted it yet.
   *
   * @param reason what is missing, in one line
   */
  record Pending(Split split, String reason) implements Observed {}

  /** There is no object yet. */
  record Absent(String reason) implements Observed {}

  /** The objects make no sense; the thing, its value and the next step in one line. */
  record Malformed(String reason) implements Observed {}
}
