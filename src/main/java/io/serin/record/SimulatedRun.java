package io.serin.record;

import io.serin.record.SimulatedRollout.Ending;
import io.serin.record.SimulatedRollout.Moment;
import io.serin.record.SimulatedRollout.Parting;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a simulation through a recording and tells both courses. */
final class SimulatedRun {

  private final Recording recording;
  private final List<TickRecord> ticks;
  private final List<Simulation.Step> steps = new ArrayList<>();

  SimulatedRun(Recording recording, Simulation simulation) {
    this.recording = recording;
    this.ticks = recording.ticks();
    for (TickRecord tick : ticks) {
      Simulation.Step step = simulation.step(tick);
      steps.add(step);
      if (step.end() != null) {
        break;
      }
    }
  }

  SimulatedRollout rollout() {
    Ending recorded = recorded();
    return new SimulatedRollout(
        recording.name(),
        ticks.getFirst().canary(),
        recorded,
        simulated(recorded),
        parting(),
        note(),
        timeline());
  }

  private Ending recorded() {
    TickRecord last = ticks.getLast();
    SimulatedEnd end =
        recording.finished()
            ? SimulatedEnd.of(last.verdict(), last.after())
            : SimulatedEnd.UNFINISHED;
    return ending(end, last.after(), ticks.stream().map(tick -> tick.after().weight()).toList());
  }

  private Ending simulated(Ending recorded) {
    Simulation.Step last = steps.getLast();
    if (!last.parted()) {
      return recorded;
    }
    SimulatedEnd end = last.end() == null ? SimulatedEnd.UNFINISHED : last.end();
    return ending(end, last.after(), steps.stream().map(step -> step.after().weight()).toList());
  }

  /** The end of a course with this weight after each of its ticks. */
  private Ending ending(SimulatedEnd end, Standing last, List<Integer> weights) {
    Exposure exposure = new Exposure();
    for (int i = 0; i + 1 < weights.size(); i++) {
      exposure.add(weights.get(i), ticks.get(i).at(), ticks.get(i + 1).at());
    }
    TickRecord until = ticks.get(weights.size() - 1);
    return new Ending(
        end,
        last.phase(),
        last.weight(),
        until.tick(),
        weights.size(),
        second(until),
        exposure.percentMinutes());
  }

  private @Nullable Parting parting() {
    for (int i = 0; i < steps.size(); i++) {
      Simulation.Step step = steps.get(i);
      if (step.parted()) {
        TickRecord tick = ticks.get(i);
        return new Parting(
            tick.tick(), then(tick), tick.rule(), step.course(), step.rule(), step.reason());
      }
    }
    return null;
  }

  private String note() {
    List<String> notes = new ArrayList<>();
    if (steps.getLast().end() == SimulatedEnd.CANNOT_TELL) {
      notes.add(steps.getLast().reason());
    }
    if (ticks.stream().anyMatch(t -> TickRecord.FROM_SCHEDULE.equals(t.backfilled()))) {
      notes.add("how the run really went is unknown: it is backfilled from the schedule");
    }
    newerRevision(notes);
    return String.join("; ", notes);
  }

  /** A simulation ends with its run; what arrives afterwards would begin another one. */
  private void newerRevision(List<String> notes) {
    var last = ticks.get(steps.size() - 1).facts().revision();
    for (TickRecord tick : ticks.subList(steps.size(), ticks.size())) {
      var revision = tick.facts().revision();
      if (last != null && revision != null && !revision.target().equals(last.target())) {
        notes.add("a newer revision arrives at tick " + tick.tick() + ", which is left out");
        return;
      }
    }
  }

  private List<Moment> timeline() {
    List<Moment> timeline = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i++) {
      TickRecord tick = ticks.get(i);
      Simulation.@Nullable Step step = i < steps.size() ? steps.get(i) : null;
      timeline.add(
          new Moment(
              tick.tick(),
              second(tick),
              tick.after().weight(),
              then(tick),
              tick.rule(),
              step == null ? null : step.after().weight(),
              step == null ? null : step.course(),
              step == null ? "" : step.rule(),
              step == null ? "" : step.reason()));
    }
    return timeline;
  }

  private static String then(TickRecord tick) {
    return Course.of(tick.proposals().getFirst().verdict());
  }

  private long second(TickRecord tick) {
    return Duration.between(ticks.getFirst().at(), tick.at()).toSeconds();
  }
}
