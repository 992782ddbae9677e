package io.serin.record;

import io.serin.api.Counted;

/** Says of a result that it is not about all lines of its recordings. */
final class Unread {
  private Unread() {}

  /** The end of a line of totals, such as {@code , 2 lines cannot be read}; empty if all can. */
  static String words(ReplayResult result) {
    int lines = result.problems().size();
    return lines == 0 ? "" : ", " + Counted.of(lines, "line") + " cannot be read";
  }
}
