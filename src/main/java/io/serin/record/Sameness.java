package io.serin.record;

/** How the verdict of a replayed tick compares with the recorded one. */
public enum Sameness {
  /** The same verb, and the same weight or iteration. */
  SAME("same"),
  /** Another verdict. */
  CHANGED("changed"),
  /** The policy asks for something that was not asked when the recording was made. */
  CANNOT_TELL("cannot tell");

  private final String words;

  Sameness(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
