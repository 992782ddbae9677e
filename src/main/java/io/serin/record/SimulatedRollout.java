package io.serin.record;

import io.serin.api.Counted;
import io.serin.api.Phase;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recorded rollout, and the course that it takes in a simulation with another policy.
 *
 * @param recording its name
 * @param canary {@code namespace/name}
 * @param recorded how it ended
 * @param simulated how the simulation ends
 * @param parted where the simulated course first differs from the recorded one; null when it never
 *     does
 * @param note what else is to be known, in one line; or empty
 * @param timeline both courses, tick by tick
 */
public record SimulatedRollout(
    String recording,
    String canary,
    Ending recorded,
    Ending simulated,
    @Nullable Parting parted,
    String note,
    List<Moment> timeline) {

  /** Copies the list. */
  public SimulatedRollout {
    timeline = List.copyOf(timeline);
  }

  /**
   * Where a course ends.
   *
   * @param end how
   * @param phase phase then
   * @param weight weight of the canary in percent, before an end and otherwise 0
   * @param tick number of the tick with which it ends, or of the first that cannot be told
   * @param ticks recorded ticks up to there
   * @param seconds recorded time up to there
   * @param percentMinutes exposure up to there: weight in percent times minutes
   */
  public record Ending(
      SimulatedEnd end,
      Phase phase,
      int weight,
      long tick,
      int ticks,
      long seconds,
      double percentMinutes) {

    /** For people. */
    public String words() {
      return switch (end) {
        case UNFINISHED -> "unfinished at weight " + weight + " (" + phase.wireName() + ")";
        case CANNOT_TELL -> "cannot tell from tick " + tick;
        case PROMOTED, ROLLED_BACK, PROMOTION_FAILED, WITHDRAWN, INITIALISED -> end.words();
      };
    }

    /** How long it took and how much traffic it had, for people. */
    public String cost() {
      return String.format(
          Locale.ROOT, "%s, %d s, %.1f %%·min", Counted.of(ticks, "tick"), seconds, percentMinutes);
    }
  }

  /**
   * The first tick at which the policies want different things.
   *
   * @param tick number of the tick
   * @param recorded what was decided then, such as {@code advance 20}
   * @param recordedRule rule that gave it
   * @param simulated what is decided in the simulation; {@code ?} when it cannot be told
   * @param simulatedRule rule that gives it
   * @param reason its reason
   */
  public record Parting(
      long tick,
      String recorded,
      String recordedRule,
      String simulated,
      String simulatedRule,
      String reason) {}

  /**
   * One tick of both courses.
   *
   * @param tick number of the tick
   * @param second seconds since the first tick
   * @param recordedWeight weight after the tick
   * @param recorded what was decided then
   * @param recordedRule rule that gave it
   * @param simulatedWeight simulated weight after the tick; null once the simulation has ended
   * @param simulated what is decided in the simulation; null once it has ended, {@code ?} when it
   *     cannot be told
   * @param simulatedRule rule that gives it
   * @param reason its reason, or the guard rail that refuses it
   */
  public record Moment(
      long tick,
      long second,
      int recordedWeight,
      String recorded,
      String recordedRule,
      @Nullable Integer simulatedWeight,
      @Nullable String simulated,
      String simulatedRule,
      String reason) {}
}
