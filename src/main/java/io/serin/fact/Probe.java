package io.serin.fact;

/**
 * Whether the metric providers of the canary can be reached, asked while it is initialised.
 *
 * @param online every provider answered
 * @param message the first failure in one line, or empty
 */
public record Probe(boolean online, String message) {}
