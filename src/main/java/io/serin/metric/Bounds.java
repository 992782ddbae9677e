package io.serin.metric;

import io.serin.api.MetricCheck;
import io.serin.api.ThresholdRange;
import org.jspecify.annotations.Nullable;

/**
 * The inclusive range a value must lie in; null for no bound.
 *
 * @param min smallest value that passes
 * @param max largest value that passes
 */
record Bounds(@Nullable Double min, @Nullable Double max) {

  /** The side on which a value left the range. */
  enum Side {
    BELOW,
    ABOVE
  }

  /** What the check accepts; the old {@code threshold} is a minimum for success rates only. */
  static Bounds of(MetricCheck check, Source source) {
    ThresholdRange range = check.thresholdRange();
    if (range != null) {
      return new Bounds(range.min(), range.max());
    }
    Double threshold = check.threshold() == null ? Double.valueOf(0) : check.threshold();
    return source == Source.SUCCESS_RATE
        ? new Bounds(threshold, null)
        : new Bounds(null, threshold);
  }

  /** Where the value leaves the range, null when it does not. The minimum is looked at first. */
  @Nullable Side violatedBy(double value) {
    if (min != null && value < min) {
      return Side.BELOW;
    }
    return max != null && value > max ? Side.ABOVE : null;
  }

  /** The bound on that side. */
  double bound(Side side) {
    Double bound =
        switch (side) {
          case BELOW -> min;
          case ABOVE -> max;
        };
    return bound == null ? Double.NaN : bound;
  }

  /** The range as people write it, such as {@code >= 99}. */
  @Override
  public String toString() {
    if (min != null && max != null) {
      return GoFormat.shortest(min) + " to " + GoFormat.shortest(max);
    }
    if (min != null) {
      return ">= " + GoFormat.shortest(min);
    }
    return max != null ? "<= " + GoFormat.shortest(max) : "anything";
  }
}
