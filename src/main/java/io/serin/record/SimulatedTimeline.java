package io.serin.record;

import io.serin.record.Chart.Mark;
import io.serin.record.Chart.Point;
import io.serin.record.SimulatedRollout.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A simulated rollout as a drawing: the recorded weight over time, over it the simulated one as a
 * dashed line to where the simulation ends, and what is decided on each course.
 */
final class SimulatedTimeline {

  private final SimulatedRollout rollout;
  private final List<Moment> moments;
  private final List<Moment> simulated;

  SimulatedTimeline(SimulatedRollout rollout) {
    this.rollout = rollout;
    this.moments = rollout.timeline();
    this.simulated = moments.stream().filter(m -> m.simulatedWeight() != null).toList();
  }

  String svg() {
    List<Point> recorded = recorded();
    List<Point> own = simulated();
    int highest =
        Stream.concat(recorded.stream(), own.stream()).mapToInt(Point::percent).max().orElse(0);
    Chart chart =
        new Chart(
                "recorded and simulated timeline of " + rollout.recording(),
                moments.getLast().second(),
                highest)
            .area(recorded);
    if (!own.isEmpty()) {
      chart
          .line("weight simulated", own)
          .end(own.getLast(), kind(rollout.simulated().end()))
          .parting(own.getFirst().second(), 2);
    }
    return chart
        .lane("recorded", moments.stream().map(SimulatedTimeline::then).toList())
        .lane("simulated", simulated.stream().map(SimulatedTimeline::now).toList())
        .svg();
  }

  String spark() {
    return Chart.spark(recorded(), simulated());
  }

  private List<Point> recorded() {
    return moments.stream().map(m -> new Point(m.second(), m.recordedWeight())).toList();
  }

  /** From where the courses part; from the weight that both have had until then. */
  private List<Point> simulated() {
    var parted = rollout.parted();
    if (parted == null) {
      return List.of();
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < simulated.size(); i++) {
      Moment moment = simulated.get(i);
      if (moment.tick() == parted.tick() && points.isEmpty()) {
        points.add(new Point(moment.second(), i == 0 ? 0 : weight(simulated.get(i - 1))));
      }
      if (!points.isEmpty()) {
        points.add(new Point(moment.second(), weight(moment)));
      }
    }
    return points;
  }

  private static int weight(Moment moment) {
    return Objects.requireNonNull(moment.simulatedWeight());
  }

  private static Mark then(Moment moment) {
    return mark(moment, moment.recorded(), moment.recordedRule());
  }

  private static Mark now(Moment moment) {
    return mark(moment, Objects.requireNonNull(moment.simulated()), moment.simulatedRule());
  }

  private static Mark mark(Moment moment, String course, String rule) {
    String tip = Timeline.tip(moment.tick(), course, rule);
    return new Mark(moment.second(), Course.kind(course), false, tip);
  }

  private static String kind(SimulatedEnd end) {
    return switch (end) {
      case PROMOTED, INITIALISED -> "go";
      case ROLLED_BACK, PROMOTION_FAILED, WITHDRAWN -> "stop";
      case UNFINISHED -> "wait";
      case CANNOT_TELL -> "unknown";
    };
  }
}
