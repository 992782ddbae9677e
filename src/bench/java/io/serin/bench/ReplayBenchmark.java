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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
 * times in one file: about 2,000 ticks and 4.5 MB for each operation. Warms up by work and not by
 * time, which a busy machine would take away.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 80)
@Measurement(iterations = 41)
public class ReplayBenchmark {

  private static final int TIMES = 20;

  private final Policy policy = BundledPolicy.load();
  private final Replay replay = new Replay(policy, Progress.NONE);
  private Path directory = Path.of("");
  private List<Recording> recordings = List.of();
  private int ticks;

  /** Writes the file and reads it once. */
  @Setup
  public void prepare() throws IOException {
    directory = Files.createTempDirectory("serin-replay");
    List<String> lines = new ArrayList<>();
    for (Path file : Recordings.files(Path.of("examples", "recordings"))) {
      lines.addAll(Files.readAllLines(file));
    }
    Path file = directory.resolve("all.jsonl");
    for (int i = 0; i < TIMES; i++) {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    recordings = new Recordings().readFile(file, ReplayBenchmark::fail);
    ticks = TIMES * lines.size();
  }

  /** Removes the file. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(directory.resolve("all.jsonl"));
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
