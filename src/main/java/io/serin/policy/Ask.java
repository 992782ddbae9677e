package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Hook;

/** Evidence that a rule wants before it can propose anything. */
public sealed interface Ask {

  /** Call a webhook; answered by a {@link io.serin.fact.Gate}. */
  record Call(Hook hook) implements Ask {}

  /** Measure a check; answered by a {@link io.serin.fact.Metric}. */
  record Measure(Check check) implements Ask {}

  /** See whether the metric providers answer; answered by a {@link io.serin.fact.Probe}. */
  record ProbeProviders() implements Ask {}
}
