package io.serin.metric;

import java.time.Duration;

/**
 * A rendered question.
 *
 * @param text in the provider's own language
 * @param window the check's interval, for providers that want a time range
 */
record Query(String text, Duration window) {}
