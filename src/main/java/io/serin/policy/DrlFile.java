package io.serin.policy;

/**
 * One file of rules.
 *
 * @param name path within the policy, such as {@code steps.drl}
 * @param text its content
 * @param own whether it is the policy's own, and not that of its base or of a pack
 */
public record DrlFile(String name, String text, boolean own) {

  /** One of the policy's own. */
  public DrlFile(String name, String text) {
    this(name, text, true);
  }

  /** The same file with another content. */
  DrlFile with(String other) {
    return new DrlFile(name, other, own);
  }
}
