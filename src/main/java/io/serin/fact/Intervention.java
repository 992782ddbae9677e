package io.serin.fact;

/**
 * A word of a person that goes before the rules' own course, from the spec or an annotation.
 *
 * @param kind what is wanted
 * @param source where it was said, such as {@code annotation flagger.app/suspend}
 */
public record Intervention(Kind kind, String source) {

  /** What a person may want. */
  public enum Kind {
    /** Leave everything as it is. */
    SUSPEND,
    /** Take the revision under analysis back. */
    FORCE_ROLLBACK
  }
}
