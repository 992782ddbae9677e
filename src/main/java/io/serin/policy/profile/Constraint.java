package io.serin.policy.profile;

/**
 * What must hold.
 *
 * @param test an expression that is true or false
 * @param line where it stands
 */
public record Constraint(Expr test, int line) {}
