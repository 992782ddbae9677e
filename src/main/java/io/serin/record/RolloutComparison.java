package io.serin.record;

import io.serin.api.Phase;
import io.serin.fact.Verdict;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the class of one rollout from what both policies say at each of its ticks. */
final class RolloutComparison {

  private final Recording recording;
  private final List<Pair> pairs;

  RolloutComparison(Recording recording, List<Pair> pairs) {
    this.recording = recording;
    this.pairs = pairs;
  }

  /** A tick and what both policies make of it. */
  record Pair(TickRecord tick, ReplayedTick baseline, ReplayedTick candidate) {

    /** The world went on as the baseline wanted. */
    boolean onCourse() {
      return baseline.sameness() == Sameness.SAME;
    }

    boolean known() {
      return candidate.sameness() != Sameness.CANNOT_TELL;
    }

    Verdict wanted() {
      return baseline.now();
    }

    Verdict proposed() {
      return candidate.now();
    }

    boolean parted() {
      return !Course.same(wanted(), proposed());
    }
  }

  ComparedRollout result() {
    Pair waited = null;
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      if (!pair.onCourse() || !pair.known()) {
        return waited == null ? cannotTell(pair) : timingOnly(waited, i);
      }
      if (!pair.parted()) {
        continue;
      }
      if (Course.stops(pair.proposed()) && !Course.stops(pair.wanted())) {
        return waited == null ? earlierStop(i) : stopAfterWaiting(waited, pair);
      }
      if (Course.bolder(pair.proposed(), pair.wanted())) {
        return goesFurther(pair, waited);
      }
      waited = waited == null ? pair : waited;
    }
    return waited == null ? of(Difference.SAME, null, null, "") : timingOnly(waited, pairs.size());
  }

  private ComparedRollout cannotTell(Pair pair) {
    String why;
    if (!pair.known()) {
      why = "the recording has no answer for " + String.join(", ", pair.candidate().unanswered());
    } else if (pair.baseline().sameness() == Sameness.CANNOT_TELL) {
      why =
          "the recording has no answer for the baseline's "
              + String.join(", ", pair.baseline().unanswered());
    } else {
      why = "the recording leaves the baseline's course: " + Course.of(pair.baseline().then());
    }
    return of(Difference.CANNOT_TELL, pair, null, why);
  }

  private ComparedRollout earlierStop(int index) {
    if (pairs.stream().anyMatch(p -> TickRecord.FROM_SCHEDULE.equals(p.tick().backfilled()))) {
      String why = "it would stop here, but how the run really went is unknown: it is backfilled";
      return of(Difference.CANNOT_TELL, pairs.get(index), null, why);
    }
    boolean good = Runs.endedWell(ended());
    String note =
        good
            ? "false alarm: the run ended well"
            : recording.finished() ? "" : "how the run ended was not recorded";
    return of(Difference.EARLIER_STOP, pairs.get(index), saved(index, good), note);
  }

  private ComparedRollout goesFurther(Pair pair, @Nullable Pair waited) {
    String before = waited == null ? "" : ", after it first waits at tick " + waited.tick().tick();
    return of(Difference.GOES_FURTHER, pair, null, "what would have followed is unknown" + before);
  }

  private ComparedRollout stopAfterWaiting(Pair waited, Pair stop) {
    return of(
        Difference.TIMING_ONLY,
        waited,
        null,
        "it would also %s at tick %d if the same were measured at its own weight; not claimed"
            .formatted(stop.proposed().verb(), stop.tick().tick()));
  }

  private ComparedRollout timingOnly(Pair waited, int end) {
    List<Pair> after =
        pairs.subList(pairs.indexOf(waited), end).stream()
            .filter(p -> !Course.waits(p.wanted()))
            .toList();
    boolean stuck = !after.isEmpty() && after.stream().allMatch(p -> Course.waits(p.proposed()));
    String note =
        stuck
            ? "it waits wherever the other moves, to the end of the recording"
            : end < pairs.size()
                ? "nothing can be told from tick " + pairs.get(end).tick().tick() + " on"
                : "";
    return of(Difference.TIMING_ONLY, waited, null, note);
  }

  private ComparedRollout.Saved saved(int stop, boolean good) {
    Exposure exposure = new Exposure();
    for (int i = stop; i + 1 < pairs.size(); i++) {
      TickRecord tick = pairs.get(i).tick();
      exposure.add(tick.after().weight(), tick.at(), pairs.get(i + 1).tick().at());
    }
    Duration left = Duration.between(pairs.get(stop).tick().at(), pairs.getLast().tick().at());
    return new ComparedRollout.Saved(
        pairs.size() - 1 - stop, left.toSeconds(), exposure.percentMinutes(), good);
  }

  private Phase ended() {
    return recording.ticks().getLast().after().phase();
  }

  private ComparedRollout of(
      Difference difference,
      @Nullable Pair at,
      ComparedRollout.@Nullable Saved saved,
      String note) {
    return new ComparedRollout(
        recording.name(),
        recording.ticks().getFirst().canary(),
        difference,
        ended(),
        at == null ? null : divergence(at),
        saved,
        note,
        timeline());
  }

  private static ComparedRollout.Divergence divergence(Pair pair) {
    return new ComparedRollout.Divergence(
        pair.tick().tick(),
        Course.of(pair.wanted()),
        pair.baseline().ruleNow(),
        pair.known() ? Course.of(pair.proposed()) : "?",
        pair.known() ? pair.candidate().ruleNow() : "",
        pair.known() ? pair.proposed().reason() : "");
  }

  private List<ComparedRollout.Moment> timeline() {
    List<ComparedRollout.Moment> timeline = new ArrayList<>();
    var start = recording.ticks().getFirst().at();
    for (Pair pair : pairs) {
      var parts = divergence(pair);
      timeline.add(
          new ComparedRollout.Moment(
              parts.tick(),
              Duration.between(start, pair.tick().at()).toSeconds(),
              pair.tick().after().weight(),
              pair.tick().after().phase(),
              parts.baseline(),
              parts.baselineRule(),
              parts.candidate(),
              parts.candidateRule(),
              parts.reason()));
    }
    return timeline;
  }
}
