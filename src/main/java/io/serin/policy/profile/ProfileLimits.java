package io.serin.policy.profile;

/** How large a policy may be. Generous for people, narrow for machines that write rules. */
public final class ProfileLimits {

  /** Files of a policy. */
  public static final int FILES = 100;

  /** Characters of all files together. */
  public static final int CHARACTERS = 512 * 1024;

  /** Rules of a policy. */
  public static final int RULES = 600;

  /** Characters of a rule's name. */
  public static final int NAME = 160;

  /** Patterns in one rule. */
  public static final int PATTERNS = 32;

  /** Bindings and constraints in one pattern. */
  public static final int CONSTRAINTS = 64;

  /** Brackets within brackets. */
  public static final int DEPTH = 12;

  /** Parts of one expression. */
  public static final int EXPRESSION = 64;

  /** Characters of a text literal. */
  public static final int TEXT = 500;

  /** Things that a rule says. */
  public static final int ACTIONS = 8;

  /** Patterns over facts of which there are many that one rule may join. */
  public static final int JOINS = 3;

  /** Ways through the alternatives of a rule. */
  public static final int WAYS = 16;

  private ProfileLimits() {}
}
