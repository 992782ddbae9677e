package io.serin.demo;

import static org.jline.utils.AttributedStyle.DEFAULT;
import static org.jline.utils.AttributedStyle.GREEN;
import static org.jline.utils.AttributedStyle.RED;
import static org.jline.utils.AttributedStyle.YELLOW;

import io.serin.demo.Scenario.Act;
import io.serin.fact.Caution;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * Draws what is known as lines of text.
 *
 * @param elapsed time since the story began
 * @param speed how many times faster the demo's clock runs
 * @param unicode whether the terminal can show block characters
 */
record LiveView(Elapsed elapsed, double speed, boolean unicode) {
  private static final int LABEL = 24;
  private static final int WIDEST_BAR = 50;
  private static final int BESIDE_BAR = 46;
  private static final AttributedStyle FAINT = DEFAULT.faint();
  private static final AttributedStyle BOLD = DEFAULT.bold();

  /**
   * What is to be drawn.
   *
   * @param last the last decision
   * @param measured the last decision for which something was measured
   * @param requests requests of the last while at the gateway, by Service
   * @param lines the newest last
   */
  record Seen(
      Instant now,
      @Nullable Act act,
      @Nullable TickRecord last,
      @Nullable TickRecord measured,
      Map<String, Long> requests,
      List<LiveReport.Line> lines) {
    Seen {
      requests = Map.copyOf(requests);
      lines = List.copyOf(lines);
    }
  }

  /** At most this many rows, none wider than that. */
  List<AttributedString> draw(Seen seen, int rows, int columns) {
    List<AttributedString> picture = new ArrayList<>();
    picture.add(title(seen, columns));
    picture.add(AttributedString.EMPTY);
    picture.addAll(rollout(seen, barWidth(columns)));
    picture.add(AttributedString.EMPTY);
    picture.addAll(metrics(seen));
    picture.add(AttributedString.EMPTY);
    picture.add(gateway(seen.requests(), barWidth(columns)));
    picture.add(AttributedString.EMPTY);
    picture.addAll(newest(seen.lines(), rows - picture.size()));
    return picture.stream().limit(rows).map(line -> fitting(line, columns)).toList();
  }

  private AttributedString title(Seen seen, int columns) {
    String left = " serin demo";
    String right =
        "clock x%s   %s"
            .formatted(Double.toString(speed).replaceFirst("\\.0$", ""), elapsed.at(seen.now()));
    return text()
        .styled(BOLD.foreground(GREEN), left)
        .append(" ".repeat(Math.max(1, columns - left.length() - right.length())))
        .styled(FAINT, right)
        .toAttributedString();
  }

  private List<AttributedString> rollout(Seen seen, int width) {
    TickRecord last = seen.last();
    Act act = seen.act();
    String what =
        act == null ? "the first version" : "release " + act.release() + ", " + Words.release(act);
    String phase = last == null ? "" : last.after().phase().wireName();
    List<AttributedString> lines = new ArrayList<>();
    lines.add(
        text()
            .append(" ")
            .styled(BOLD, what)
            .append("   ")
            .styled(phase(phase), phase)
            .toAttributedString());
    if (last != null) {
      Rollout rollout = last.facts().rollout();
      int weight = last.after().weight();
      int failed = last.after().failedChecks();
      lines.add(
          progress(
              "weight",
              weight,
              rollout.maxWeight(),
              width,
              YELLOW,
              weight + " % of the traffic, at most " + rollout.maxWeight() + " %"));
      lines.add(steps(last, width));
      lines.add(
          progress(
              "failed checks",
              failed,
              rollout.threshold(),
              width,
              RED,
              failed + " of " + rollout.threshold()));
    }
    return lines;
  }

  private AttributedString steps(TickRecord last, int width) {
    Rollout rollout = last.facts().rollout();
    int step = Math.max(1, Stage.STEP);
    int done = last.after().weight() / step;
    int all = (rollout.maxWeight() + step - 1) / step;
    return progress("step", done, all, width, GREEN, done + " of " + all);
  }

  private List<AttributedString> metrics(Seen seen) {
    TickRecord measured = seen.measured();
    if (measured == null) {
      return List.of(
          text().append(label("metrics")).styled(FAINT, "not measured yet").toAttributedString());
    }
    return measured.evidence().metrics().stream().map(LiveView::metric).toList();
  }

  private static AttributedString metric(Metric metric) {
    boolean passes = metric.outcome() == Metric.Outcome.PASS;
    Double value = metric.value();
    String measured = value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
    String outcome = metric.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return text()
        .append(label(metric.name()))
        .append("%-8s wanted %-12s ".formatted(measured, metric.range()))
        .styled(DEFAULT.foreground(passes ? GREEN : RED), outcome)
        .toAttributedString();
  }

  private AttributedString gateway(Map<String, Long> requests, int width) {
    long primary = requests.getOrDefault(Stage.APPLICATION + "-primary", 0L);
    long canary = requests.getOrDefault(Stage.APPLICATION + "-canary", 0L);
    long all = primary + canary;
    AttributedStringBuilder line = text().append(label("requests"));
    if (all == 0) {
      return line.styled(FAINT, "none").toAttributedString();
    }
    int share = (int) Math.round((double) width * canary / all);
    return line.styled(DEFAULT.foreground(GREEN), block(width - share))
        .styled(DEFAULT.foreground(YELLOW), block(share))
        .append(
            "  primary %d  canary %d  (%.0f %%)".formatted(primary, canary, 100.0 * canary / all))
        .toAttributedString();
  }

  private AttributedString progress(
      String name, int done, int all, int width, int colour, String words) {
    int filled = all == 0 ? 0 : Math.min(width, width * done / all);
    return text()
        .append(label(name))
        .styled(DEFAULT.foreground(colour), block(filled))
        .styled(FAINT, (unicode ? "░" : ".").repeat(width - filled))
        .append("  " + words)
        .toAttributedString();
  }

  private List<AttributedString> newest(List<LiveReport.Line> lines, int rows) {
    List<AttributedString> drawn = lines.stream().flatMap(line -> drawn(line).stream()).toList();
    return drawn.subList(Math.max(0, drawn.size() - Math.max(0, rows)), drawn.size());
  }

  private List<AttributedString> drawn(LiveReport.Line line) {
    return switch (line) {
      case LiveReport.Line.Said(String words) ->
          List.of(text().append(" ").styled(BOLD, words).toAttributedString());
      case LiveReport.Line.Decided(TickRecord record) ->
          List.of(
              text()
                  .append("  " + elapsed.at(record.at()) + "  ")
                  .styled(verdict(record), "%-10s".formatted(record.verdict().verb()))
                  .append(" %3d %%  ".formatted(record.after().weight()))
                  .append(record.verdict().reason())
                  .toAttributedString(),
              text()
                  .append(" ".repeat(LABEL + 2))
                  .styled(FAINT, "rule: " + record.rule())
                  .toAttributedString());
    };
  }

  private static AttributedStyle verdict(TickRecord record) {
    Caution caution = record.verdict().caution();
    return switch (caution) {
      case ROLLBACK, RETREAT -> BOLD.foreground(RED);
      case HALT, FREEZE -> BOLD.foreground(YELLOW);
      case PROGRESS -> BOLD.foreground(GREEN);
      case RELEASE, SUSPEND, HOLD, IDLE -> FAINT;
    };
  }

  private static AttributedStyle phase(String name) {
    return switch (name) {
      case "Succeeded", "Initialized" -> BOLD.foreground(GREEN);
      case "Failed" -> BOLD.foreground(RED);
      default -> BOLD.foreground(YELLOW);
    };
  }

  private String block(int length) {
    return (unicode ? "█" : "#").repeat(length);
  }

  private static String label(String name) {
    return "  %-22s".formatted(name);
  }

  private static int barWidth(int columns) {
    return Math.clamp(columns - LABEL - BESIDE_BAR, 10, WIDEST_BAR);
  }

  private static AttributedString fitting(AttributedString line, int columns) {
    return line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
  }

  private static AttributedStringBuilder text() {
    return new AttributedStringBuilder();
  }
}
