package io.serin.record;

import io.serin.record.Chart.Mark;
import io.serin.record.Chart.Point;
import io.serin.record.ComparedRollout.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * A compared rollout as a drawing: the recorded weight over time, and what each policy says at each
 * tick.
 */
final class Timeline {

  private final ComparedRollout rollout;
  private final List<Moment> moments;

  Timeline(ComparedRollout rollout) {
    this.rollout = rollout;
    this.moments = rollout.timeline();
  }

  String svg() {
    List<Point> weights = weights();
    int highest = weights.stream().mapToInt(Point::percent).max().orElse(0);
    Chart chart =
        new Chart("timeline of " + rollout.recording(), moments.getLast().second(), highest);
    var at = rollout.at();
    var saved = rollout.saved();
    if (at != null && saved != null) {
      chart.shade(saved.falseAlarm() ? "alarm" : "saved", second(at.tick()));
    }
    chart.area(weights);
    if (at != null) {
      chart.parting(second(at.tick()), 2);
    }
    return chart.lane("baseline", marks(false)).lane("candidate", marks(true)).svg();
  }

  String spark() {
    return Chart.spark(weights(), List.of());
  }

  private List<Point> weights() {
    return moments.stream().map(m -> new Point(m.second(), m.weight())).toList();
  }

  /** What follows the divergence is of less account: it rests on the recorded course. */
  private List<Mark> marks(boolean candidate) {
    List<Mark> marks = new ArrayList<>();
    boolean after = false;
    for (Moment moment : moments) {
      String course = candidate ? moment.candidate() : moment.baseline();
      String rule = candidate ? moment.candidateRule() : moment.baselineRule();
      marks.add(
          new Mark(moment.second(), Course.kind(course), after, tip(moment.tick(), course, rule)));
      after |= candidate && rollout.at() != null && moment.tick() == rollout.at().tick();
    }
    return marks;
  }

  static String tip(long tick, String course, String rule) {
    return "tick " + tick + ": " + course + (rule.isEmpty() ? "" : "\n" + rule);
  }

  private long second(long tick) {
    return moments.stream().filter(m -> m.tick() == tick).findFirst().orElseThrow().second();
  }
}
