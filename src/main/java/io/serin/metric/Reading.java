package io.serin.metric;

/** What a provider answered to a query. */
sealed interface Reading {

  /** A number; never NaN, but possibly infinite. */
  record Value(double value) implements Reading {}

  /** The provider has no value. */
  record NoData() implements Reading {}

  /**
   * The newest value is too old.
   *
   * @param reason how old it is, in one line
   */
  record Stale(String reason) implements Reading {}

  /**
   * The provider could not be asked, or its answer not be understood.
   *
   * @param error in one line
   */
  record Failed(String error) implements Reading {}

  /** The number as a reading: NaN is no data (D5). */
  static Reading of(double value) {
    return Double.isNaN(value) ? new NoData() : new Value(value);
  }
}
