package io.serin.fact;

/**
 * How long everything has been going well in this run: earlier ticks in a row in which every check
 * was measured and passed and no test or gate refused. Kept in memory, so it begins anew when the
 * controller restarts. Absent before the first such tick.
 *
 * @param ticks such ticks, at most one for each interval
 * @param seconds seconds since the first of them
 */
public record Streak(int ticks, long seconds) {}
