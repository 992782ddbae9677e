package io.serin.record;

import io.serin.api.Counted;
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
    return new Page(
            "Two policies, " + result.recordings() + " recorded rollouts",
            "Candidate <code>%s</code> against <code>%s</code>"
                .formatted(Page.escape(result.candidate()), Page.escape(result.baseline())),
            "",
            BY_INTEREST.stream().map(difference -> card(result, difference)).toList(),
            summary(result),
            List.of("ended", "tick", "baseline → candidate", "saved"),
            result.rollouts().stream().map(HtmlReport::entry).toList())
        .html();
  }

  private static Page.Card card(Comparison.Result result, Difference difference) {
    long count = result.classes().getOrDefault(difference, 0L);
    String hint =
        difference == Difference.EARLIER_STOP && result.falseAlarms() > 0
            ? Counted.of(result.falseAlarms(), "false alarm")
            : "";
    return new Page.Card(Page.css(difference), difference.words(), count, hint);
  }

  private static String summary(Comparison.Result result) {
    return String.format(
        Locale.ROOT,
        "Earlier stops of runs that failed save <b>%s</b> and <b>%.1f %%·min</b> of exposure"
            + " (weight × time). False alarms: <b>%d</b>. What goes further is unknown after the"
            + " divergence and counts as nothing.",
        Counted.of(result.savedTicks(), "tick"),
        result.savedPercentMinutes(),
        result.falseAlarms());
  }

  private static Page.Entry entry(ComparedRollout rollout) {
    Timeline timeline = new Timeline(rollout);
    var at = rollout.at();
    return new Page.Entry(
        Page.css(rollout.difference()),
        rollout.difference().words(),
        rollout.canary(),
        rollout.recording(),
        timeline.spark(),
        List.of(
            Page.escape(rollout.ended().wireName()),
            at == null ? "" : String.valueOf(at.tick()),
            at == null ? "" : courses(at),
            rollout.saved() == null ? "" : saved(rollout.saved())),
        "<p>" + explanation(rollout) + "</p>" + timeline.svg() + table(rollout));
  }

  private static String courses(ComparedRollout.Divergence at) {
    return "<b>%s</b> → <b>%s</b>"
        .formatted(Page.escape(at.baseline()), Page.escape(at.candidate()));
  }

  private static String saved(ComparedRollout.Saved saved) {
    return String.format(
        Locale.ROOT,
        "%s, %d s, %.1f %%·min%s",
        Counted.of(saved.ticks(), "tick"),
        saved.seconds(),
        saved.percentMinutes(),
        saved.falseAlarm() ? "<small>false alarm</small>" : "");
  }

  private static String explanation(ComparedRollout rollout) {
    var at = rollout.at();
    if (at == null) {
      return "Every verdict is the same. Ended " + Page.escape(rollout.ended().wireName()) + ".";
    }
    StringBuilder text = new StringBuilder("Tick " + at.tick() + ": " + courses(at));
    if (!at.candidateRule().isEmpty()) {
      text.append(" by “").append(Page.escape(at.candidateRule())).append("”: ");
      text.append(Page.escape(at.reason()));
    }
    text.append(". Ended ").append(Page.escape(rollout.ended().wireName()));
    var saved = rollout.saved();
    if (saved != null) {
      text.append(
          String.format(
              Locale.ROOT,
              ". %s (%d s) earlier, %.1f %%·min less exposure",
              Counted.of(saved.ticks(), "tick"),
              saved.seconds(),
              saved.percentMinutes()));
    }
    return text.append('.').append(Page.sentence(rollout.note())).toString();
  }

  private static String table(ComparedRollout rollout) {
    TickTable table =
        new TickTable("tick", "second", "weight", "baseline", "rule", "candidate", "rule");
    for (var moment : rollout.timeline()) {
      table.row(
          !moment.baseline().equals(moment.candidate()),
          String.valueOf(moment.tick()),
          String.valueOf(moment.second()),
          moment.weight() + " %",
          moment.baseline(),
          moment.baselineRule(),
          moment.candidate(),
          moment.candidateRule());
    }
    return table.html();
  }
}
