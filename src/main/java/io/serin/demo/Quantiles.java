package io.serin.demo;

import java.util.stream.DoubleStream;

/**
 * Quantiles as Prometheus estimates them from a histogram: linear within the bucket that holds the
 * rank.
 */
final class Quantiles {
  private Quantiles() {}

  /**
   * @param quantile 0 to 1
   * @param seconds the values, at least one
   * @return seconds; the largest bound when the rank lies above it
   */
  static double of(double quantile, DoubleStream seconds) {
    long[] counts = new long[Metrics.BOUNDS.size() + 1];
    seconds.forEach(value -> counts[bucket(value)]++);
    double rank = quantile * java.util.Arrays.stream(counts).sum();
    double below = 0;
    for (int i = 0; i < Metrics.BOUNDS.size(); i++) {
      if (counts[i] > 0 && below + counts[i] >= rank) {
        double lower = i == 0 ? 0 : Metrics.BOUNDS.get(i - 1);
        return lower + (Metrics.BOUNDS.get(i) - lower) * (rank - below) / counts[i];
      }
      below += counts[i];
    }
    return Metrics.BOUNDS.getLast();
  }

  private static int bucket(double value) {
    int i = 0;
    while (i < Metrics.BOUNDS.size() && value > Metrics.BOUNDS.get(i)) {
      i++;
    }
    return i;
  }
}
