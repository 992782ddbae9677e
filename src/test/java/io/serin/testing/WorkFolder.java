package io.serin.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a real backend keeps its files.
 *
 * @param logs below {@code target/}, kept for whoever looks into a failure
 * @param data in the system's temporary folder, deleted on close
 */
record WorkFolder(Path logs, Path data) implements AutoCloseable {

  static WorkFolder create(String kind) {
    try {
      Path parent = Files.createDirectories(Path.of("target", kind)).toAbsolutePath();
      return new WorkFolder(
          Files.createTempDirectory(parent, "run-"), Files.createTempDirectory("serin-" + kind));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create folders for " + kind, e);
    }
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(data.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + data.resolve(name), e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException _) {
      // Leftovers in the temporary folder are no reason to fail a test.
    }
  }
}
