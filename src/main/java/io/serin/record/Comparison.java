package io.serin.record;

import io.serin.api.Phase;
import io.serin.policy.Policy;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate policy would have made of whole recorded rollouts, beside a baseline. Honest
 * about what a recording cannot know: it claims only what rests on ticks before the two courses
 * part.
 */
public final class Comparison {

  private final Decider baseline;
  private final Decider candidate;
  private final String baselineName;
  private final String candidateName;
  private final Progress progress;

  private Comparison(@Nullable Policy baseline, Policy candidate, Progress progress) {
    this.baseline = baseline == null ? Decider.RECORDED : Decider.of(baseline);
    this.candidate = Decider.of(candidate);
    this.baselineName = baseline == null ? "recorded" : baseline.digest();
    this.candidateName = candidate.digest();
    this.progress = progress;
  }

  /** Compares a candidate with what really happened. */
  public static Comparison withRecorded(Policy candidate, Progress progress) {
    return new Comparison(null, candidate, progress);
  }

  /** Compares a candidate with another policy, as far as the recordings followed that. */
  public static Comparison of(Policy baseline, Policy candidate, Progress progress) {
    return new Comparison(baseline, candidate, progress);
  }

  /**
   * What came out.
   *
   * @param baseline digest of the baseline policy, or {@code recorded}
   * @param candidate digest of the candidate policy
   * @param recordings number of rollouts
   * @param classes number of rollouts of each class
   * @param falseAlarms earlier stops of runs that ended well
   * @param savedTicks ticks saved by earlier stops of runs that failed
   * @param savedPercentMinutes exposure saved by those
   * @param rollouts everything
   * @param problems lines that could not be read, one line each
   * @param part the shard that this is about, or null
   */
  public record Result(
      String baseline,
      String candidate,
      int recordings,
      Map<Difference, Long> classes,
      long falseAlarms,
      long savedTicks,
      double savedPercentMinutes,
      List<ComparedRollout> rollouts,
      List<String> problems,
      @Nullable Part part)
      implements ReplayResult {

    /** Anything but the same everywhere. */
    @Override
    public boolean differs() {
      return rollouts.stream().anyMatch(r -> r.difference() != Difference.SAME);
    }
  }

  /**
   * Compares over the recordings of a file or directory.
   *
   * @throws RecordingException when there is none
   */
  public Result of(Path recordings, Shard shard) {
    var done = new EachRecording(progress).apply(recordings, shard, this::of);
    return result(baselineName, candidateName, done.results(), done.problems(), done.part());
  }

  /** Compares over one rollout. */
  public ComparedRollout of(Recording recording) {
    List<RolloutComparison.Pair> pairs =
        recording.ticks().stream()
            .map(t -> new RolloutComparison.Pair(t, baseline.decide(t), candidate.decide(t)))
            .toList();
    return new RolloutComparison(recording, pairs).result();
  }

  static Result result(
      String baseline,
      String candidate,
      List<ComparedRollout> rollouts,
      List<String> problems,
      @Nullable Part part) {
    Map<Difference, Long> classes = new EnumMap<>(Difference.class);
    for (Difference difference : Difference.values()) {
      classes.put(difference, rollouts.stream().filter(r -> r.difference() == difference).count());
    }
    List<ComparedRollout.Saved> real = saved(rollouts, r -> r.ended() == Phase.FAILED);
    return new Result(
        baseline,
        candidate,
        rollouts.size(),
        classes,
        saved(rollouts, r -> Runs.endedWell(r.ended())).size(),
        real.stream().mapToLong(ComparedRollout.Saved::ticks).sum(),
        real.stream().mapToDouble(ComparedRollout.Saved::percentMinutes).sum(),
        List.copyOf(rollouts),
        List.copyOf(problems),
        part);
  }

  private static List<ComparedRollout.Saved> saved(
      List<ComparedRollout> rollouts, Predicate<ComparedRollout> which) {
    return rollouts.stream()
        .filter(which)
        .flatMap(rollout -> Stream.ofNullable(rollout.saved()))
        .toList();
  }
}
