package io.serin.fact;

/**
 * A metric that the canary's analysis declares. Its measurement, once asked for, is a {@link
 * Metric}.
 *
 * @param name name of the metric
 * @param order place in the canary's list, from 0
 * @param pending it has not been measured in this tick
 */
public record Check(String name, int order, boolean pending) {}
