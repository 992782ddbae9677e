package io.serin.api;

/** Counts as people read them: {@code 1 tick}, {@code 2 ticks}. */
public final class Counted {
  private Counted() {}

  /**
   * @param noun in the singular; its plural has an s more
   */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
