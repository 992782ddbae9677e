package io.serin.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A report as one HTML file: what came out on top, then a table of all rollouts, then each of them
 * with its timeline. It loads nothing from anywhere and runs no script; the cards are the filter.
 *
 * @param title what it is about
 * @param lead which policies, over what
 * @param notice what is to be known before anything else, or empty
 * @param cards the classes, in the order in which their rollouts are shown
 * @param summary totals in a sentence
 * @param heads heads of the columns of the table, after those that every report has
 * @param rollouts everything
 */
record Page(
    String title,
    String lead,
    String notice,
    List<Card> cards,
    String summary,
    List<String> heads,
    List<Entry> rollouts) {

  /** A few are shown at once, many are folded. */
  private static final int UNFOLDED = 8;

  /**
   * A class of rollouts.
   *
   * @param css its name in the style sheet
   * @param words its name for people
   * @param count number of its rollouts
   * @param hint what else is to be said about the number, or empty
   */
  record Card(String css, String words, long count, String hint) {}

  /**
   * A rollout.
   *
   * @param css its class
   * @param badge name of its class
   * @param canary {@code namespace/name}
   * @param recording name of the recording
   * @param spark small drawing, HTML
   * @param cells what the table says under the heads, HTML
   * @param body what is told about it, HTML
   */
  record Entry(
      String css,
      String badge,
      String canary,
      String recording,
      String spark,
      List<String> cells,
      String body) {}

  String html() {
    StringBuilder body = new StringBuilder();
    body.append("<header><h1>%s</h1><p>%s</p></header>".formatted(escape(title), lead));
    if (!notice.isEmpty()) {
      body.append("<p class=\"notice\">").append(escape(notice)).append("</p>");
    }
    body.append("<section class=\"cards\" aria-label=\"show or hide\">");
    cards.forEach(card -> body.append(html(card)));
    body.append("</section><p class=\"sum\">").append(summary).append("</p>");
    List<Entry> sorted = sorted();
    body.append(index(sorted)).append(resource("legend.html"));
    for (int i = 0; i < sorted.size(); i++) {
      body.append(html(sorted.get(i), i, sorted.size() <= UNFOLDED));
    }
    return resource("report.html")
        .replace("<!--title-->", escape(title))
        .replace("/*filters*/", filters())
        .replace("<!--body-->", body);
  }

  private List<Entry> sorted() {
    return cards.stream()
        .flatMap(card -> rollouts.stream().filter(r -> r.css().equals(card.css())))
        .toList();
  }

  private static String html(Card card) {
    return ("<label class=\"card %s%s\"><input type=\"checkbox\" id=\"show-%s\" checked><b>%d</b>%s"
            + "<small>%s</small></label>")
        .formatted(
            card.css(),
            card.count() == 0 ? " none" : "",
            card.css(),
            card.count(),
            card.words(),
            card.hint());
  }

  private String filters() {
    StringBuilder css = new StringBuilder();
    for (Card card : cards) {
      css.append(
          "body:has(#show-%s:not(:checked)) :is(tr, details).%s { display: none; }\n"
              .formatted(card.css(), card.css()));
    }
    return css.toString();
  }

  private String index(List<Entry> sorted) {
    StringBuilder table =
        new StringBuilder("<div class=\"wide\"><table class=\"index\"><thead><tr>");
    table.append("<th>class<th>rollout<th>weight");
    heads.forEach(head -> table.append("<th>").append(escape(head)));
    table.append("</tr></thead><tbody>");
    for (int i = 0; i < sorted.size(); i++) {
      Entry entry = sorted.get(i);
      table.append(
          ("<tr class=\"%s\"><td><span class=\"badge\">%s</span><td><a href=\"#r%d\">%s</a>"
                  + "<small>%s</small><td>%s")
              .formatted(
                  entry.css(),
                  entry.badge(),
                  i,
                  escape(entry.canary()),
                  escape(entry.recording()),
                  entry.spark()));
      entry.cells().forEach(cell -> table.append("<td>").append(cell));
      table.append("</tr>");
    }
    return table.append("</tbody></table></div>").toString();
  }

  private static String html(Entry entry, int number, boolean open) {
    return ("<details class=\"rollout %s\"%s><summary><span class=\"badge\">%s</span> <b>%s</b>"
            + " <small>%s</small></summary><div id=\"r%d\">%s</div></details>")
        .formatted(
            entry.css(),
            open ? " open" : "",
            entry.badge(),
            escape(entry.canary()),
            escape(entry.recording()),
            number,
            entry.body());
  }

  /** A note as a further sentence, HTML; nothing when it is empty. */
  static String sentence(String note) {
    return note.isEmpty()
        ? ""
        : " " + escape(note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1)) + ".";
  }

  /** A name in the style sheet. */
  static String css(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Text that is safe in elements and attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RecordingException("resource " + name + " is missing; build Serin again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
