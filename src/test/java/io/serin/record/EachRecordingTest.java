package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.rollout.RecordedLife;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EachRecordingTest {

  private static final LineFormat FORMAT = new LineFormat();

  @TempDir private Path directory;

  private static final List<String> LINES = lines();

  /** Many runs of three canaries, and now and then nonsense. */
  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      for (TickRecord tick : RecordedLife.of(RecordedLife.Way.STEPS, seed)) {
        lines.add(line(Samples.with(tick, "canary", "test/app-" + seed % 3)));
        if (lines.size() % 50 == 0) {
          lines.add("nonsense");
        }
      }
    }
    return lines;
  }

  @BeforeEach
  void aLargeFileAndTwoSmallOnes() throws IOException {
    Files.write(directory.resolve("large.jsonl"), LINES);
    Files.write(directory.resolve("a.jsonl"), LINES.subList(0, 20));
    Files.write(directory.resolve("z.jsonl"), LINES.subList(0, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void resultsAndTheirOrderAreThoseOfReadingOneAfterTheOther(int cores) {
    List<String> problems = new ArrayList<>();
    List<Recording> expected = new Recordings().read(directory, problems::add).toList();

    var done = new EachRecording(Progress.NONE, cores).apply(directory, Shard.ALL, run -> run);

    assertThat(done.results()).isEqualTo(expected).hasSizeGreaterThan(20);
    assertThat(done.problems()).isEqualTo(problems).hasSizeGreaterThan(3);
  }

  @Test
  void severalRunsOfOneFileAreWorkedOnAtTheSameTime() {
    // Each of the first three waits for two others: one after the other they would never meet.
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger arrived = new AtomicInteger();

    var done =
        new EachRecording(Progress.NONE, 3)
            .apply(
                directory.resolve("large.jsonl"),
                Shard.ALL,
                run -> {
                  if (arrived.incrementAndGet() <= 3) {
                    meet(together);
                  }
                  return run.name();
                });

    assertThat(done.results()).hasSizeGreaterThan(3).startsWith("large", "large#2", "large#3");
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the runs of one file do not meet", e);
    }
  }

  @Test
  void progressIsToldInBytesAndEndsWithAllOfThem() throws IOException {
    List<Long> done = Collections.synchronizedList(new ArrayList<>());
    long total = 0;
    for (Path file : Recordings.files(directory)) {
      total += Files.size(file);
    }
    long all = total;

    new EachRecording(
            (now, of) -> {
              assertThat(of).isEqualTo(all);
              done.add(now);
            },
            2)
        .apply(directory, Shard.ALL, run -> run);

    assertThat(Collections.max(done)).isEqualTo(all);
    assertThat(done).hasSizeGreaterThan(Recordings.files(directory).size());
  }

  @Test
  void aShardTellsWhichFilesItsResultsAreFrom() {
    var done = new EachRecording(Progress.NONE, 2).apply(directory, new Shard(1, 2), run -> run);

    assertThat(done.part())
        .isEqualTo(
            new Part(
                1, 2, List.of(new Part.OfFile(done.results().size(), done.problems().size()))));
    assertThat(done.results().getFirst().name()).isEqualTo("large");
  }

  @Test
  void whatGoesWrongInTheWorkIsTold() {
    assertThatThrownBy(
            () ->
                new EachRecording(Progress.NONE, 2)
                    .apply(
                        directory,
                        Shard.ALL,
                        run -> {
                          throw new IllegalStateException("no " + run.name());
                        }))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("recordings cannot be replayed");
  }

  private static String line(TickRecord tick) {
    return FORMAT.text(FORMAT.tree(tick));
  }
}
