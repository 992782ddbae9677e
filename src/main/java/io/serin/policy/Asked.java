package io.serin.policy;

/**
 * An ask and the rule that made it.
 *
 * @param rule name of the rule
 * @param ask what it wants to know
 */
public record Asked(String rule, Ask ask) {}
