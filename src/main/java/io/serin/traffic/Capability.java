package io.serin.traffic;

/** What a provider can do for a given canary; what it cannot is refused, never approximated. */
public enum Capability {
  /** Shift a share of live traffic. */
  WEIGHTS,
  /** Route the requests that match {@code analysis.match}. */
  AB_TESTING,
  /** Mirror traffic before the first step of a progressive run. */
  MIRROR_STEP,
  /** Mirror traffic during the iterations of a blue/green run. */
  MIRROR_ITERATIONS,
  /** Keep a client on the side it was first sent to. */
  SESSION_AFFINITY
}
