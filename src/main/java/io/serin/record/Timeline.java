package io.serin.record;

import io.serin.record.ComparedRollout.Moment;
import java.util.List;
import java.util.Locale;

/**
 * A rollout as a drawing: the recorded weight over time, and what each policy says at each tick.
 */
final class Timeline {

  private static final int WIDTH = 860;
  private static final int LEFT = 76;
  private static final int TOP = 12;
  private static final int CHART = 90;
  private static final int BASELINE = TOP + CHART + 24;
  private static final int CANDIDATE = BASELINE + 24;
  private static final int HEIGHT = CANDIDATE + 34;

  private final ComparedRollout rollout;
  private final List<Moment> moments;
  private final long length;

  Timeline(ComparedRollout rollout) {
    this.rollout = rollout;
    this.moments = rollout.timeline();
    this.length = Math.max(1, moments.getLast().second());
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"timeline of %s\">"
            .formatted(LEFT + WIDTH + 20, HEIGHT, HtmlReport.escape(rollout.recording())));
    grid(svg);
    saved(svg);
    weight(svg);
    divergence(svg);
    lane(svg, "baseline", BASELINE, false);
    lane(svg, "candidate", CANDIDATE, true);
    return svg.append("</svg>").toString();
  }

  private void grid(StringBuilder svg) {
    for (int percent : new int[] {0, 50, 100}) {
      double y = y(percent);
      svg.append(line("grid", LEFT, y, LEFT + WIDTH, y));
      svg.append(text("axis", LEFT - 8, y + 4, "end", percent + " %"));
    }
    svg.append(text("axis", LEFT, HEIGHT - 4, "start", "0 s"));
    svg.append(text("axis", LEFT + WIDTH, HEIGHT - 4, "end", length + " s"));
  }

  private void weight(StringBuilder svg) {
    StringBuilder path = new StringBuilder(point("M", 0, moments.getFirst().weight()));
    for (int i = 1; i < moments.size(); i++) {
      path.append(point("L", moments.get(i).second(), moments.get(i - 1).weight()));
      path.append(point("L", moments.get(i).second(), moments.get(i).weight()));
    }
    svg.append(
        "<path class=\"area\" d=\"%s%s%sZ\"/>"
            .formatted(path, point("L", length, 0), point("L", 0, 0)));
    svg.append("<path class=\"weight\" d=\"%s\"/>".formatted(path));
  }

  /** What an earlier stop saves is shaded. */
  private void saved(StringBuilder svg) {
    var at = rollout.at();
    if (rollout.saved() == null || at == null) {
      return;
    }
    double from = x(second(at.tick()));
    svg.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
            .formatted(
                rollout.saved().falseAlarm() ? "alarm" : "saved",
                number(from),
                TOP,
                number(LEFT + WIDTH - from),
                CHART));
  }

  private void divergence(StringBuilder svg) {
    var at = rollout.at();
    if (at != null) {
      double x = x(second(at.tick()));
      svg.append(line("parting", x, TOP, x, CANDIDATE + 12));
    }
  }

  private void lane(StringBuilder svg, String name, int y, boolean candidate) {
    svg.append(text("axis", LEFT - 12, y + 4, "end", name));
    boolean unknown = false;
    for (Moment moment : moments) {
      String course = candidate ? moment.candidate() : moment.baseline();
      String rule = candidate ? moment.candidateRule() : moment.baselineRule();
      svg.append(
          "<circle class=\"%s%s\" cx=\"%s\" cy=\"%d\" r=\"5\"><title>tick %d: %s&#10;%s</title></circle>"
              .formatted(
                  kind(course),
                  unknown ? " after" : "",
                  number(x(moment.second())),
                  y,
                  moment.tick(),
                  HtmlReport.escape(course),
                  HtmlReport.escape(rule)));
      unknown |= candidate && rollout.at() != null && moment.tick() == rollout.at().tick();
    }
  }

  private static String kind(String course) {
    return switch (course.split(" ", 2)[0]) {
      case "rollback", "strand", "abandon", "cancel" -> "stop";
      case "halt", "freeze" -> "halt";
      case "hold", "await", "suspend", "idle", "rebaseline" -> "wait";
      case "?" -> "unknown";
      default -> "go";
    };
  }

  private long second(long tick) {
    return moments.stream().filter(m -> m.tick() == tick).findFirst().orElseThrow().second();
  }

  private double x(long second) {
    return LEFT + (double) second / length * WIDTH;
  }

  private static double y(int percent) {
    return TOP + CHART - percent / 100.0 * CHART;
  }

  private String point(String command, long second, int percent) {
    return command + number(x(second)) + " " + number(y(percent));
  }

  private static String line(String css, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(css, number(x1), number(y1), number(x2), number(y2));
  }

  private static String text(String css, double x, double y, String anchor, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(css, number(x), number(y), anchor, HtmlReport.escape(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
