package io.serin.rollout;

import io.serin.fact.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The straight line through the measurements of a metric. Pure. */
final class Trends {

  /** With fewer points any two noisy values make a trend. */
  static final int FEWEST = 4;

  /** Part of the variation that the line must explain before it counts. */
  private static final double EXPLAINED = 0.5;

  private Trends() {}

  /**
   * A measurement.
   *
   * @param at when
   * @param value in the metric's own unit
   * @param min smallest value that passed then; null for none
   * @param max largest value that passed then; null for none
   */
  record Point(Instant at, double value, @Nullable Double min, @Nullable Double max) {}

  /** The trend of these points, oldest first; null when they are too few or of one moment. */
  static @Nullable Trend of(String name, List<Point> points) {
    if (points.size() < FEWEST) {
      return null;
    }
    Instant start = points.getFirst().at();
    double n = points.size();
    double meanX = points.stream().mapToDouble(p -> minutes(start, p)).sum() / n;
    double meanY = points.stream().mapToDouble(Point::value).sum() / n;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (Point p : points) {
      double x = minutes(start, p) - meanX;
      double y = p.value() - meanY;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    if (xx == 0) {
      return null;
    }
    double slope = xy / xx;
    double explained = yy == 0 ? 0 : xy * xy / (xx * yy);
    Point last = points.getLast();
    Double limit = slope > 0 ? last.max() : slope < 0 ? last.min() : null;
    boolean worsening = limit != null && explained >= EXPLAINED;
    double line = meanY + slope * (minutes(start, last) - meanX);
    Double left = worsening && limit != null ? Math.max(0, (limit - line) / slope) : null;
    return new Trend(name, points.size(), slope, last.value(), worsening, left);
  }

  private static double minutes(Instant start, Point point) {
    return Duration.between(start, point.at()).toMillis() / 60_000.0;
  }
}
