package io.serin.policy;

/**
 * One file of rules.
 *
 * @param name path within the policy, such as {@code steps.drl}
 * @param text its content
 */
public record DrlFile(String name, String text) {}
