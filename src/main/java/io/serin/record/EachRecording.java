package io.serin.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing with each recorded run, on all cores, whether there are many files or one large
 * one; results in the order of the files and of the runs in them.
 */
final class EachRecording {

  private final Recordings recordings = Recordings.toReplay();
  private final Progress progress;
  private final int cores;

  EachRecording(Progress progress) {
    this(progress, Runtime.getRuntime().availableProcessors());
  }

  EachRecording(Progress progress, int cores) {
    this.progress = progress;
    this.cores = cores;
  }

  /**
   * Results and lines that could not be read.
   *
   * @param results one per recording
   * @param problems one line each
   * @param part where they are from when that is not everything
   */
  record Done<T>(List<T> results, List<String> problems, @Nullable Part part) {}

  <T> Done<T> apply(Path path, Shard shard, Function<Recording, T> work) {
    List<Path> files = shard.of(Recordings.files(path));
    LongConsumer bytes = counter(files);
    try (var workers = new ForkJoinPool(cores)) {
      List<ForkJoinTask<ParallelFile.Done<T>>> done =
          files.stream()
              .map(
                  file ->
                      workers.submit(() -> new ParallelFile<>(recordings, work).run(file, bytes)))
              .toList();
      return joined(done, shard);
    }
  }

  private LongConsumer counter(List<Path> files) {
    long total = files.stream().mapToLong(EachRecording::size).sum();
    AtomicLong read = new AtomicLong();
    // A file that is still being written may have grown.
    return count -> progress.at(Math.min(total, read.addAndGet(count)), total);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Done<T> joined(List<ForkJoinTask<ParallelFile.Done<T>>> files, Shard shard) {
    List<T> results = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<Part.OfFile> parts = new ArrayList<>();
    for (ForkJoinTask<ParallelFile.Done<T>> file : files) {
      var one = ParallelFile.joined(file);
      results.addAll(one.results());
      problems.addAll(one.problems());
      parts.add(new Part.OfFile(one.results().size(), one.problems().size()));
    }
    Part part = shard.equals(Shard.ALL) ? null : new Part(shard.index(), shard.of(), parts);
    return new Done<>(results, problems, part);
  }
}
