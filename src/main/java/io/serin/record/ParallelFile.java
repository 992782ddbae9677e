package io.serin.record;

import io.serin.rollout.TickRecord;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One file whose work is shared: its lines are read in their order, understood in batches, and each
 * run is worked on as soon as it is whole. Batches and runs are forked: an idle worker takes the
 * oldest, and what nobody has taken is done by the worker that reads, with no switch between
 * threads. Only so many of both are under way that memory does not grow with the file.
 *
 * @param <T> what comes of a run
 */
final class ParallelFile<T> {

  private static final int BATCH = 64;

  private final Recordings recordings;
  private final Function<Recording, T> work;
  private final int ahead = 2 * ForkJoinTask.getPool().getParallelism();
  private final Deque<ForkJoinTask<List<Understood>>> reading = new ArrayDeque<>();
  private final Deque<ForkJoinTask<Placed<T>>> working = new ArrayDeque<>();
  private final Map<Integer, T> results = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private List<Recordings.Line> batch = new ArrayList<>();

  /** To be made by a worker of a pool. */
  ParallelFile(Recordings recordings, Function<Recording, T> work) {
    this.recordings = recordings;
    this.work = work;
  }

  private record Understood(@Nullable TickRecord tick, @Nullable String problem) {}

  private record Placed<T>(int place, T result) {}

  /**
   * What came of a file.
   *
   * @param results one per run, in order of their beginnings
   * @param problems one line each
   */
  record Done<T>(List<T> results, List<String> problems) {}

  /** Works through the file. */
  Done<T> run(Path file, LongConsumer bytes) {
    RunAssembly runs = new RunAssembly(Recordings.name(file), this::start);
    String trouble = recordings.lines(file, bytes, line -> read(file, line, runs));
    understand(file);
    while (!reading.isEmpty()) {
      assemble(runs);
    }
    runs.end();
    while (!working.isEmpty()) {
      finish();
    }
    if (trouble != null) {
      problems.add(trouble);
    }
    return new Done<>(List.copyOf(results.values()), problems);
  }

  private void read(Path file, Recordings.Line line, RunAssembly runs) {
    batch.add(line);
    if (batch.size() == BATCH) {
      understand(file);
    }
    if (reading.size() > ahead) {
      assemble(runs);
    }
  }

  private void understand(Path file) {
    List<Recordings.Line> lines = batch;
    batch = new ArrayList<>();
    reading.add(fork(() -> lines.stream().map(line -> understand(file, line)).toList()));
  }

  private Understood understand(Path file, Recordings.Line line) {
    try {
      return new Understood(recordings.read(line), null);
    } catch (RecordingException e) {
      return new Understood(null, file + ":" + line.number() + ": " + e.getMessage());
    }
  }

  private void assemble(RunAssembly runs) {
    for (Understood line : oldest(reading)) {
      if (line.tick != null) {
        runs.add(line.tick);
      } else if (line.problem != null) {
        problems.add(line.problem);
      }
    }
  }

  private void start(Recording run, int place) {
    working.add(fork(() -> new Placed<>(place, work.apply(run))));
    if (working.size() > ahead) {
      finish();
    }
  }

  private void finish() {
    Placed<T> oldest = oldest(working);
    results.put(oldest.place, oldest.result);
  }

  private static <R> ForkJoinTask<R> fork(Callable<R> task) {
    return ForkJoinTask.adapt(task).fork();
  }

  private static <R> R oldest(Deque<ForkJoinTask<R>> tasks) {
    for (ForkJoinTask<R> task : tasks.reversed()) {
      if (task.tryUnfork()) {
        task.quietlyInvoke();
      }
    }
    return joined(tasks.remove());
  }

  /** Its result, once it is there. */
  static <R> R joined(ForkJoinTask<R> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException("interrupted while recordings were replayed", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RecordingException known
          ? known
          : new RecordingException("recordings cannot be replayed: " + e.getCause(), e);
    }
  }
}
