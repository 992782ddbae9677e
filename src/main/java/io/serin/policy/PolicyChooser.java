package io.serin.policy;

import io.serin.api.Canary;
import io.serin.api.World;

/** Says which policy decides about a canary. Asks nobody, and never waits for a compilation. */
@FunctionalInterface
public interface PolicyChooser {

  /** The choice for this tick; what it depends on in the cluster is read from that world. */
  Choice choose(Canary canary, World world);

  /** The same policy for all. */
  static PolicyChooser always(Policy policy) {
    Choice choice = new Choice(policy);
    return (_, _) -> choice;
  }
}
