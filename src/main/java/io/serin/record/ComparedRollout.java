package io.serin.record;

import io.serin.api.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two policies over one recorded rollout.
 *
 * @param recording its name
 * @param canary {@code namespace/name}
 * @param difference how they differ
 * @param ended phase at the end of the recording
 * @param at what decides about the class: the first difference, the stop that only one makes, or
 *     the tick that cannot be told; null when all is the same
 * @param saved what an earlier stop saves; null for other classes
 * @param note what else is to be known, in one line; or empty
 * @param timeline what each policy says at each tick
 */
public record ComparedRollout(
    String recording,
    String canary,
    Difference difference,
    Phase ended,
    @Nullable Divergence at,
    @Nullable Saved saved,
    String note,
    List<Moment> timeline) {

  /** Copies the list. */
  public ComparedRollout {
    timeline = List.copyOf(timeline);
  }

  /**
   * Two policies that part.
   *
   * @param tick number of the tick
   * @param baseline what the baseline wants, such as {@code advance 20}
   * @param baselineRule rule that gives it
   * @param candidate what the candidate wants
   * @param candidateRule rule that gives it
   * @param reason the candidate's reason
   */
  public record Divergence(
      long tick,
      String baseline,
      String baselineRule,
      String candidate,
      String candidateRule,
      String reason) {}

  /**
   * What an earlier stop saves, counted on the recorded course from the stop to its end.
   *
   * @param ticks recorded ticks after the stop
   * @param seconds recorded time after the stop
   * @param percentMinutes weight in percent times minutes: 50 for five minutes at weight 10
   * @param falseAlarm the recorded run ended well, so the stop takes back a good revision
   */
  public record Saved(int ticks, long seconds, double percentMinutes, boolean falseAlarm) {}

  /**
   * One tick of a timeline.
   *
   * @param tick number of the tick
   * @param second seconds since the first tick
   * @param weight recorded weight of the canary after the tick
   * @param phase recorded phase after the tick
   * @param baseline what the baseline wants
   * @param baselineRule rule that gives it
   * @param candidate what the candidate wants, given what was recorded; {@code ?} when it cannot be
   *     told
   * @param candidateRule rule that gives it
   * @param reason the candidate's reason
   */
  public record Moment(
      long tick,
      long second,
      int weight,
      Phase phase,
      String baseline,
      String baselineRule,
      String candidate,
      String candidateRule,
      String reason) {}
}
