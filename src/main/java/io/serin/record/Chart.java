package io.serin.record;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** A drawing of weights over time, with a lane of marks for each policy beneath. */
final class Chart {

  private static final int WIDTH = 860;
  private static final int LEFT = 84;
  private static final int RIGHT = 24;
  private static final int TOP = 14;
  private static final int HEIGHT = 110;
  private static final int LANE = 24;
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
  };
  private static final int MOST_STEPS = 8;

  private final StringBuilder body = new StringBuilder();
  private final String label;
  private final long length;
  private final int scale;
  private int lanes;

  /** A weight of the canary, from a moment on. */
  record Point(long second, int percent) {}

  /**
   * What a policy wants at a moment.
   *
   * @param kind {@code go}, {@code wait}, {@code halt}, {@code stop} or {@code unknown}
   * @param pale it is of less account
   * @param title what is shown to those who point at it
   */
  record Mark(long second, String kind, boolean pale, String title) {
    private boolean waits() {
      return kind.equals("wait");
    }
  }

  /**
   * @param label what is drawn, for those who cannot see it
   * @param seconds length of the drawing
   * @param highest greatest weight in it
   */
  Chart(String label, long seconds, int highest) {
    this.label = label;
    this.length = Math.max(1, seconds);
    this.scale = scale(highest);
  }

  /** Few scales, so that drawings can be compared. */
  private static int scale(int highest) {
    return highest <= 50 ? 50 : 100;
  }

  /** Weights as stairs, with the ground beneath them filled. */
  Chart area(List<Point> points) {
    String path = stairs(points);
    long from = points.getFirst().second();
    long to = points.getLast().second();
    body.append(
        "<path class=\"area\" d=\"%sL%s %sL%s %sZ\"/>".formatted(path, x(to), y(0), x(from), y(0)));
    return line("weight", points);
  }

  /** Weights as stairs. */
  Chart line(String css, List<Point> points) {
    body.append("<path class=\"%s\" d=\"%s\"/>".formatted(css, stairs(points)));
    return this;
  }

  /** Where a course ends. */
  Chart end(Point at, String kind) {
    body.append(shape("end " + kind, kind, x(at.second()), y(at.percent()), 6, ""));
    return this;
  }

  /** A stretch to the end of the drawing. */
  Chart shade(String css, long from) {
    body.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
            .formatted(css, x(from), TOP, number((1 - (double) from / length) * WIDTH), HEIGHT));
    return this;
  }

  /** A moment through all lanes that follow. */
  Chart parting(long second, int through) {
    body.append(line("parting", x(second), TOP, x(second), lane(through - 1) + 9));
    return this;
  }

  /** What one policy wants. */
  Chart lane(String name, List<Mark> marks) {
    int y = lane(lanes++);
    body.append(text("axis", number(LEFT - 14), y + 4, "end", name));
    body.append(line("rail", number(LEFT), y, number(LEFT + WIDTH), y));
    // What waits lies beneath what moves.
    for (Mark mark : marks.stream().sorted(comparing(m -> !m.waits())).toList()) {
      String css = mark.kind() + (mark.pale() ? " after" : "");
      double size = mark.waits() ? 3 : 5;
      body.append(shape(css, mark.kind(), x(mark.second()), number(y), size, mark.title()));
    }
    return this;
  }

  String svg() {
    int height = lane(lanes) + 12;
    return "<div class=\"chart\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s%s</svg></div>"
        .formatted(LEFT + WIDTH + RIGHT, height, Page.escape(label), axes(height), body);
  }

  /**
   * Weights as small lines without axes.
   *
   * @param simulated may be empty
   */
  static String spark(List<Point> recorded, List<Point> simulated) {
    return "<svg class=\"spark\" viewBox=\"0 0 112 22\" aria-hidden=\"true\">%s%s</svg>"
        .formatted(
            spark("weight", recorded, recorded), spark("weight simulated", simulated, recorded));
  }

  private static String spark(String css, List<Point> points, List<Point> whole) {
    if (points.isEmpty()) {
      return "";
    }
    long seconds = Math.max(1, whole.getLast().second());
    int scale = scale(whole.stream().mapToInt(Point::percent).max().orElse(0));
    String path =
        stairs(
            points,
            second -> number(110.0 * second / seconds + 1),
            percent -> number(21 - 20.0 * Math.min(scale, percent) / scale));
    return "<path class=\"%s\" d=\"%s\"/>".formatted(css, path);
  }

  private String axes(int height) {
    StringBuilder axes = new StringBuilder();
    for (int percent : new int[] {0, scale / 2, scale}) {
      axes.append(line("grid", number(LEFT), y(percent), number(LEFT + WIDTH), y(percent)));
      axes.append(
          text(
              "axis",
              number(LEFT - 14),
              Double.parseDouble(y(percent)) + 4,
              "end",
              percent + " %"));
    }
    long step = step();
    for (long second = 0; second <= length; second += step) {
      axes.append(line("grid", x(second), TOP, x(second), TOP + HEIGHT));
      axes.append(text("axis", x(second), height - 4, "middle", time(second, step)));
    }
    return axes.toString();
  }

  private long step() {
    for (long step : STEPS) {
      if (length / step <= MOST_STEPS) {
        return step;
      }
    }
    return (length / 86_400 / MOST_STEPS + 1) * 86_400;
  }

  private static String time(long second, long step) {
    if (second == 0) {
      return "0";
    }
    return step < 60 ? second + " s" : step < 3600 ? second / 60 + " min" : second / 3600 + " h";
  }

  private String stairs(List<Point> points) {
    return stairs(points, this::x, this::y);
  }

  private static String stairs(List<Point> points, LongFunction<String> x, IntFunction<String> y) {
    StringBuilder path = new StringBuilder();
    int before = points.getFirst().percent();
    for (Point point : points) {
      String at = x.apply(point.second());
      path.append(path.isEmpty() ? "M" : "L").append(at).append(' ').append(y.apply(before));
      if (point.percent() != before) {
        path.append('L').append(at).append(' ').append(y.apply(point.percent()));
      }
      before = point.percent();
    }
    return path.toString();
  }

  /** Kinds differ in shape as well as in colour. */
  private static String shape(
      String css, String kind, String x, String y, double size, String title) {
    String head = "class=\"%s\" transform=\"translate(%s %s)\"".formatted(css, x, y);
    String tip = title.isEmpty() ? "" : "<title>" + Page.escape(title) + "</title>";
    String r = number(size);
    return switch (kind) {
      case "stop" ->
          "<rect %s x=\"-%s\" y=\"-%s\" width=\"%s\" height=\"%s\">%s</rect>"
              .formatted(head, r, r, number(2 * size), number(2 * size), tip);
      case "halt" -> "<path %s d=\"M0 -6L6 0L0 6L-6 0Z\">%s</path>".formatted(head, tip);
      default -> "<circle %s r=\"%s\">%s</circle>".formatted(head, r, tip);
    };
  }

  private static int lane(int number) {
    return TOP + HEIGHT + 22 + number * LANE;
  }

  private String x(long second) {
    return number(LEFT + (double) second / length * WIDTH);
  }

  private String y(int percent) {
    return number(TOP + HEIGHT - (double) percent / scale * HEIGHT);
  }

  private static String line(String css, Object x1, Object y1, Object x2, Object y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(css, x1, y1, x2, y2);
  }

  private static String text(String css, String x, double y, String anchor, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(css, x, number(y), anchor, Page.escape(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
