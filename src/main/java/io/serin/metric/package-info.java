/**
 * Measures checks. {@link io.serin.metric.LiveMeter} resolves a check to questions (a built-in
 * query of an observer, an inline query or a MetricTemplate), asks the provider and compares the
 * answer with the check's range. One file per provider; what a provider can answer is a {@code
 * Reading}: a value, no data, stale data, or a failure.
 */
@NullMarked
package io.serin.metric;

import org.jspecify.annotations.NullMarked;
