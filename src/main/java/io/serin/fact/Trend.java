package io.serin.fact;

import org.jspecify.annotations.Nullable;

/**
 * Where a metric was going over the earlier ticks of this run, at least 4 and at most 20, without
 * the present one, which is not measured yet. Kept in memory: absent for a while after the
 * controller restarts.
 *
 * @param name name of the metric
 * @param ticks measurements that it rests on
 * @param slope change in a minute, in the metric's own unit, of the straight line that fits best
 * @param last the last value
 * @param worsening the line goes towards the end of the metric's range and explains at least half
 *     of what the values vary
 * @param minutesToLimit minutes until the line crosses the end of the range, counted from the last
 *     measurement; null unless it is worsening
 */
public record Trend(
    String name,
    int ticks,
    double slope,
    double last,
    boolean worsening,
    @Nullable Double minutesToLimit) {

  /** Minutes that are not a number are none. */
  public Trend {
    minutesToLimit = Metric.number(minutesToLimit);
  }
}
