package io.serin.record;

import io.serin.api.Counted;

/** The ticks of a rollout as a table that is folded at first. */
final class TickTable {

  private final StringBuilder rows = new StringBuilder();
  private int ticks;

  TickTable(String... heads) {
    rows.append("<table class=\"ticks\"><thead><tr>");
    for (String head : heads) {
      rows.append("<th>").append(Page.escape(head));
    }
    rows.append("</tr></thead><tbody>");
  }

  /**
   * @param parts the two courses differ here
   */
  void row(boolean parts, String... cells) {
    ticks++;
    rows.append(parts ? "<tr class=\"parts\">" : "<tr>");
    for (String cell : cells) {
      rows.append("<td>").append(Page.escape(cell));
    }
    rows.append("</tr>");
  }

  String html() {
    return "<details><summary>%s</summary><div class=\"wide\">%s</tbody></table></div></details>"
        .formatted(Counted.of(ticks, "tick"), rows);
  }
}
