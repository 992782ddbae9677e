package io.serin.record;

import io.serin.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides every recorded tick again, from what was observed and answered then. */
public final class Replay {

  private final Policy policy;
  private final Decider decider;
  private final Progress progress;

  /** With the policy that decides now. */
  public Replay(Policy policy, Progress progress) {
    this.policy = policy;
    this.decider = Decider.of(policy);
    this.progress = progress;
  }

  /**
   * A replayed recording.
   *
   * @param recording its name
   * @param ticks its ticks in their order
   */
  public record Replayed(String recording, List<ReplayedTick> ticks) {

    /** Copies the list. */
    public Replayed {
      ticks = List.copyOf(ticks);
    }
  }

  /**
   * What came out.
   *
   * @param policy digest of the policy that decided now
   * @param recordings number of recordings
   * @param ticks number of ticks
   * @param same ticks with the same verdict
   * @param changed ticks with another verdict
   * @param cannotTell ticks for which the policy asks what the recording does not know
   * @param replayed everything
   * @param problems lines that could not be read, one line each
   * @param part the shard that this is about, or null
   */
  public record Result(
      String policy,
      int recordings,
      long ticks,
      long same,
      long changed,
      long cannotTell,
      List<Replayed> replayed,
      List<String> problems,
      @Nullable Part part)
      implements ReplayResult {

    /** Some verdict is another one or cannot be told. */
    @Override
    public boolean differs() {
      return same < ticks;
    }
  }

  /**
   * Replays the recordings of a file or directory.
   *
   * @throws RecordingException when there is none
   */
  public Result of(Path recordings, Shard shard) {
    var done = new EachRecording(progress).apply(recordings, shard, this::of);
    return result(policy.digest(), done.results(), done.problems(), done.part());
  }

  /** Replays one recording. */
  public Replayed of(Recording recording) {
    return new Replayed(recording.name(), recording.ticks().stream().map(decider::decide).toList());
  }

  static Result result(
      String policy, List<Replayed> replayed, List<String> problems, @Nullable Part part) {
    Map<Sameness, Long> count =
        replayed.stream()
            .flatMap(r -> r.ticks().stream())
            .collect(Collectors.groupingBy(ReplayedTick::sameness, Collectors.counting()));
    return new Result(
        policy,
        replayed.size(),
        count.values().stream().mapToLong(Long::longValue).sum(),
        count.getOrDefault(Sameness.SAME, 0L),
        count.getOrDefault(Sameness.CHANGED, 0L),
        count.getOrDefault(Sameness.CANNOT_TELL, 0L),
        List.copyOf(replayed),
        List.copyOf(problems),
        part);
  }
}
