package io.serin.metric;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.fact.Probe;

/** Measures the checks of canaries. */
public interface Meter {

  /**
   * Measures one check; never throws and always ends within its time-outs.
   *
   * @param canary the canary
   * @param order place of the check in {@code analysis.metrics}, from 0
   */
  Metric measure(Canary canary, int order);

  /** Whether the providers of all checks of a canary answer. */
  Probe probe(Canary canary);
}
