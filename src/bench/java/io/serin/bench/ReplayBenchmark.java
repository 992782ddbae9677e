package io.serin.bench;

import io.serin.policy.BundledPolicy;
import io.serin.policy.Policy;
import io.serin.record.Progress;
import io.serin.record.Recording;
import io.serin.record.Recordings;
import io.serin.record.Replay;
import io.serin.record.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code serin replay} costs with the default policy, over {@code examples/recordings} twenty
 * times, a file for each run: about 2,000 ticks and 4.5 MB, and that ten times for each figure.
 * Warms up by work and not by time, which a busy machine would take away.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10, batchSize = 10)
@Measurement(iterations = 15, batchSize = 10)
public class ReplayBenchmark {

  private static final int TIMES = 20;

  private final Policy policy = BundledPolicy.load();
  private final Replay replay = new Replay(policy, Progress.NONE);
  private Path directory = Path.of("");
  private List<Recording> recordings = List.of();
  private int ticks;

  /** Writes the files and reads them once. */
  @Setup
  public void prepare() throws IOException {
    directory = Files.createTempDirectory("serin-replay");
    for (Path example : Recordings.files(Path.of("examples", "recordings"))) {
      for (int i = 0; i < TIMES; i++) {
        Files.copy(example, directory.resolve(i + "-" + example.getFileName()));
      }
    }
    recordings = new Recordings().read(directory, ReplayBenchmark::fail).toList();
    ticks = recordings.stream().mapToInt(r -> r.ticks().size()).sum();
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    for (Path file : Recordings.files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  /** Reading lines, deciding, comparing. */
  @Benchmark
  public Replay.Result endToEnd(CpuTime cpu) {
    Replay.Result result = replay.of(directory, Shard.ALL);
    if (result.same() != ticks) {
      throw new IllegalStateException(result.same() + " of " + ticks + " verdicts are the same");
    }
    cpu.done(ticks);
    return result;
  }

  /** Deciding and comparing, of ticks that were read before. */
  @Benchmark
  public List<Replay.Replayed> decidingAlone(CpuTime cpu) {
    List<Replay.Replayed> replayed = recordings.stream().map(replay::of).toList();
    cpu.done(ticks);
    return replayed;
  }

  private static void fail(String problem) {
    throw new IllegalStateException(problem);
  }
}
