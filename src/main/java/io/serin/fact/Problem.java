package io.serin.fact;

/**
 * Something about the canary or its surroundings that must be put right before it can go on.
 *
 * @param kind what sort of thing is wrong
 * @param message the thing, its value and the next step, in one line
 */
public record Problem(Kind kind, String message) {

  /** The sorts of problem. */
  public enum Kind {
    /** The Canary's spec contradicts itself or holds an impossible value. */
    SPEC,
    /** The provider is unknown or cannot do what the spec asks. */
    PROVIDER,
    /** An object that the Canary refers to is missing. */
    MISSING,
    /** Another Canary claims the same target. */
    CONFLICT,
    /** An object that traffic depends on cannot be read. */
    MALFORMED,
    /** The objects are not in the cache yet. */
    UNSYNCED,
    /** The policy that the Canary names cannot be used. */
    POLICY,
    /**
     * The Canary asks for a setting that its policy does not have, or for a value out of bounds.
     */
    SETTING
  }
}
