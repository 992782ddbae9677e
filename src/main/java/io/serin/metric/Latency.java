package io.serin.metric;

import java.util.List;

/**
 * How an observer's durations are read; the result is in milliseconds.
 *
 * @param statistic what is taken of the histogram
 * @param family name of the metric, without {@code _bucket}, {@code _sum} or {@code _count}
 * @param factorInQuery multiplied by the server
 * @param factorAfter multiplied with the server's answer
 * @param more conditions that only the durations need
 */
record Latency(
    Statistic statistic,
    String family,
    int factorInQuery,
    int factorAfter,
    List<LabelMatcher> more) {

  enum Statistic {
    /** The 0.99 quantile over the buckets. */
    P99,
    MEAN
  }

  Latency {
    more = List.copyOf(more);
  }

  Latency(Statistic statistic, String family, int factorInQuery, LabelMatcher... more) {
    this(statistic, family, factorInQuery, 1, List.of(more));
  }

  Latency(Statistic statistic, String family, int factorInQuery, int factorAfter) {
    this(statistic, family, factorInQuery, factorAfter, List.of());
  }
}
