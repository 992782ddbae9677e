package io.serin.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A comparison as one HTML file with a timeline per rollout; it loads nothing from anywhere. */
public final class HtmlReport {

  private static final List<Difference> BY_INTEREST =
      List.of(
          Difference.GOES_FURTHER,
          Difference.EARLIER_STOP,
          Difference.TIMING_ONLY,
          Difference.CANNOT_TELL,
          Difference.SAME);

  private HtmlReport() {}

  /** The page. */
  public static String of(Comparison.Result result) {
    StringBuilder body = new StringBuilder();
    body.append("<header><h1>Replay</h1><p>Candidate <code>").append(escape(result.candidate()));
    body.append("</code> against <code>").append(escape(result.baseline()));
    body.append("</code> over ")
        .append(result.recordings())
        .append(" recorded rollouts</p></header>");
    body.append(cards(result));
    for (Difference difference : BY_INTEREST) {
      section(body, result, difference);
    }
    return resource("report.html").replace("<!--body-->", body);
  }

  private static String cards(Comparison.Result result) {
    StringBuilder cards = new StringBuilder("<ul class=\"cards\">");
    for (Difference difference : BY_INTEREST) {
      cards.append("<li class=\"").append(css(difference)).append("\"><b>");
      cards.append(result.classes().getOrDefault(difference, 0L)).append("</b>");
      cards.append(difference.words()).append("</li>");
    }
    cards.append("</ul><p class=\"sum\">");
    cards.append(
        String.format(
            Locale.ROOT,
            "Earlier stops of runs that failed save <b>%d ticks</b> and <b>%.1f"
                + " %%·min</b> of exposure (weight × time). False alarms: <b>%d</b>. What goes"
                + " further is unknown after the divergence and counts as nothing.",
            result.savedTicks(),
            result.savedPercentMinutes(),
            result.falseAlarms()));
    return cards.append("</p>").toString();
  }

  private static void section(StringBuilder body, Comparison.Result result, Difference difference) {
    List<ComparedRollout> rollouts =
        result.rollouts().stream().filter(r -> r.difference() == difference).toList();
    if (rollouts.isEmpty()) {
      return;
    }
    body.append("<h2 class=\"").append(css(difference)).append("\">").append(difference.words());
    body.append(" <small>").append(rollouts.size()).append("</small></h2>");
    rollouts.forEach(rollout -> body.append(article(rollout)));
  }

  private static String article(ComparedRollout rollout) {
    return "<article><h3>%s <small>%s, ended %s</small></h3><p>%s</p>%s%s</article>"
        .formatted(
            escape(rollout.canary()),
            escape(rollout.recording()),
            escape(rollout.ended().wireName()),
            explanation(rollout),
            new Timeline(rollout).svg(),
            table(rollout));
  }

  private static String explanation(ComparedRollout rollout) {
    var at = rollout.at();
    if (at == null) {
      return "Every verdict is the same.";
    }
    StringBuilder text = new StringBuilder("Tick " + at.tick() + ": ");
    text.append("<b>").append(escape(at.baseline())).append("</b> → <b>");
    text.append(escape(at.candidate())).append("</b>");
    if (!at.candidateRule().isEmpty()) {
      text.append(" by “")
          .append(escape(at.candidateRule()))
          .append("”: ")
          .append(escape(at.reason()));
    }
    var saved = rollout.saved();
    if (saved != null) {
      text.append(
          String.format(
              Locale.ROOT,
              ". %d ticks (%d s) earlier, %.1f %%·min less exposure",
              saved.ticks(),
              saved.seconds(),
              saved.percentMinutes()));
    }
    return rollout.note().isEmpty() ? text.toString() : text + ". " + escape(rollout.note());
  }

  private static String table(ComparedRollout rollout) {
    StringBuilder rows = new StringBuilder();
    for (var moment : rollout.timeline()) {
      rows.append(moment.baseline().equals(moment.candidate()) ? "<tr>" : "<tr class=\"parts\">");
      cell(rows, String.valueOf(moment.tick()));
      cell(rows, moment.weight() + " %");
      cell(rows, moment.baseline());
      cell(rows, moment.baselineRule());
      cell(rows, moment.candidate());
      cell(rows, moment.candidateRule());
      rows.append("</tr>");
    }
    return "<details><summary>%d ticks</summary><table><tr><th>tick<th>weight<th>baseline<th>rule<th>candidate<th>rule</tr>%s</table></details>"
        .formatted(rollout.timeline().size(), rows);
  }

  private static void cell(StringBuilder row, String text) {
    row.append("<td>").append(escape(text)).append("</td>");
  }

  private static String css(Difference difference) {
    return difference.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Text that is safe in elements and attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new RecordingException("resource " + name + " is missing; build Serin again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
