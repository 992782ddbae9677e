package io.serin.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does one thing with each recording, as many files at once as there are cores, results in the
 * order of the files.
 */
final class EachRecording {

  private final Recordings recordings = Recordings.toReplay();
  private final Progress progress;

  EachRecording(Progress progress) {
    this.progress = progress;
  }

  /**
   * Results and lines that could not be read.
   *
   * @param results one per recording
   * @param problems one line each
   */
  record Done<T>(List<T> results, List<String> problems) {}

  <T> Done<T> apply(Path path, Shard shard, Function<Recording, T> work) {
    List<Path> files = shard.of(Recordings.files(path));
    AtomicInteger done = new AtomicInteger();
    int cores = Math.max(1, Math.min(files.size(), Runtime.getRuntime().availableProcessors()));
    try (var executor = Executors.newFixedThreadPool(cores)) {
      List<Future<Done<T>>> futures = new ArrayList<>();
      for (Path file : files) {
        futures.add(
            executor.submit(
                () -> {
                  Done<T> one = one(file, work);
                  progress.at(done.incrementAndGet(), files.size());
                  return one;
                }));
      }
      return joined(futures);
    }
  }

  private <T> Done<T> one(Path file, Function<Recording, T> work) {
    List<String> problems = new ArrayList<>();
    List<T> results = recordings.readFile(file, problems::add).stream().map(work).toList();
    return new Done<>(results, problems);
  }

  private static <T> Done<T> joined(List<Future<Done<T>>> futures) {
    Done<T> all = new Done<>(new ArrayList<>(), new ArrayList<>());
    try {
      for (Future<Done<T>> future : futures) {
        all.results.addAll(future.get().results);
        all.problems.addAll(future.get().problems);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException("interrupted while recordings were replayed", e);
    } catch (ExecutionException e) {
      throw new RecordingException("recordings cannot be replayed: " + e.getCause(), e);
    }
    return all;
  }
}
