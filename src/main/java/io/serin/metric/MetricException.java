package io.serin.metric;

/** Why a check cannot be measured, as one line for people. */
final class MetricException extends RuntimeException {
  MetricException(String message) {
    super(message);
  }
}
