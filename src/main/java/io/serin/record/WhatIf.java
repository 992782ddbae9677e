package io.serin.record;

import io.serin.policy.Policy;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Simulates recorded rollouts under another policy, whose own weights are carried forward. The
 * measurements stay those that were taken at the recorded weights, so what comes out is a guess
 * about the policy's course and never a claim: nothing of it counts as saved or won.
 */
public final class WhatIf {

  /** What is to be said wherever a simulation is shown. */
  public static final String CAVEAT =
      "This is a simulation: the policy's own weights are carried forward, but the measurements are"
          + " those taken at the recorded weights. Nobody knows what would have been measured at"
          + " others, so nothing here counts as saved or won.";

  private final Policy policy;
  private final Progress progress;

  /** With the policy that is in charge in the simulation. */
  public WhatIf(Policy policy, Progress progress) {
    this.policy = policy;
    this.progress = progress;
  }

  /**
   * What came out.
   *
   * @param caveat what to know about all of it, {@link #CAVEAT}
   * @param simulatedPolicy digest of the policy in charge
   * @param recordings number of rollouts
   * @param recordedEnds number of rollouts by the end that they really had
   * @param simulatedEnds number of rollouts by their simulated end
   * @param rollouts everything
   * @param problems lines that could not be read, one line each
   * @param part the shard that this is about, or null
   */
  public record Result(
      String caveat,
      String simulatedPolicy,
      int recordings,
      Map<SimulatedEnd, Long> recordedEnds,
      Map<SimulatedEnd, Long> simulatedEnds,
      List<SimulatedRollout> rollouts,
      List<String> problems,
      @Nullable Part part)
      implements ReplayResult {

    /** Some course parts from the recorded one. */
    @Override
    public boolean differs() {
      return rollouts.stream().anyMatch(rollout -> rollout.parted() != null);
    }
  }

  /**
   * Simulates the recordings of a file or directory.
   *
   * @throws RecordingException when there is none
   */
  public Result of(Path recordings, Shard shard) {
    var done = new EachRecording(progress).apply(recordings, shard, this::of);
    return result(policy.digest(), done.results(), done.problems(), done.part());
  }

  /** Simulates one rollout. */
  public SimulatedRollout of(Recording recording) {
    return new SimulatedRun(recording, new Simulation(policy, recording.ticks())).rollout();
  }

  static Result result(
      String policy, List<SimulatedRollout> rollouts, List<String> problems, @Nullable Part part) {
    return new Result(
        CAVEAT,
        policy,
        rollouts.size(),
        ends(rollouts, rollout -> rollout.recorded().end()),
        ends(rollouts, rollout -> rollout.simulated().end()),
        List.copyOf(rollouts),
        List.copyOf(problems),
        part);
  }

  private static Map<SimulatedEnd, Long> ends(
      List<SimulatedRollout> rollouts, Function<SimulatedRollout, SimulatedEnd> which) {
    Map<SimulatedEnd, Long> ends = new EnumMap<>(SimulatedEnd.class);
    for (SimulatedEnd end : SimulatedEnd.values()) {
      ends.put(end, rollouts.stream().filter(rollout -> which.apply(rollout) == end).count());
    }
    return ends;
  }
}
