package io.serin.api;

import org.jspecify.annotations.Nullable;

/** Inclusive bounds for a metric's value, in the metric's own unit; null means unbounded. */
public record ThresholdRange(@Nullable Double min, @Nullable Double max) {
  static ThresholdRange read(Fields f) {
    return new ThresholdRange(f.number("min"), f.number("max"));
  }
}
