package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.KubeObject;

/**
 * One way to tell the world about a tick: events, logs, metrics, recordings. Never throws, never
 * takes long.
 */
public interface Teller {

  /**
   * A tick is over.
   *
   * @param object the Canary as stored after it
   * @param canary the Canary after it
   * @param record what happened
   */
  void tell(KubeObject object, Canary canary, TickRecord record);

  /** A Canary is gone. */
  default void forget(String namespace, String name) {}
}
