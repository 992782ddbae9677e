package io.serin.record;

import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads recordings. A line that makes no sense is reported as {@code file:line: reason}, the others
 * count. Thread-safe.
 */
public final class Recordings {

  private static final List<String> ENDINGS = List.of(".jsonl", ".jsonl.gz");

  private final TickReader reader;

  /** Reads everything of each tick. */
  public Recordings() {
    this(new LineFormat());
  }

  private Recordings(TickReader reader) {
    this.reader = reader;
  }

  /** Reads of each tick what it takes to decide it again and to compare; several times as fast. */
  static Recordings toReplay() {
    return new Recordings(Replaying.FORMAT);
  }

  /** Made once: its method handles become fast after many calls only. */
  private static final class Replaying {
    static final TickReader FORMAT = new ReplayFormat();
  }

  /**
   * The recordings of a file, or of every {@code *.jsonl} and {@code *.jsonl.gz} below a directory,
   * by name.
   *
   * @param path file or directory
   * @param problems is told about each line that cannot be read
   * @throws RecordingException when there is none
   */
  public Stream<Recording> read(Path path, Consumer<String> problems) {
    return files(path).stream().flatMap(file -> readFile(file, problems).stream());
  }

  /**
   * The files of a path, by name.
   *
   * @throws RecordingException when there is none
   */
  public static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new RecordingException(
          "recordings " + path + " do not exist; name a .jsonl file or a directory of them");
    }
    try (var paths = Files.walk(path)) {
      List<Path> files =
          paths.filter(p -> Files.isRegularFile(p) && hasEnding(p)).sorted().toList();
      if (files.isEmpty()) {
        throw new RecordingException(
            "directory " + path + " holds no recordings; put *.jsonl or *.jsonl.gz files there");
      }
      return files;
    } catch (IOException e) {
      throw new RecordingException("directory " + path + " cannot be read: " + e, e);
    }
  }

  /** The runs of one file. */
  public List<Recording> readFile(Path file, Consumer<String> problems) {
    Map<String, List<TickRecord>> open = new LinkedHashMap<>();
    List<List<TickRecord>> runs = new ArrayList<>();
    int number = 0;
    try (TornStream bytes = new TornStream(open(file))) {
      ByteLines lines = new ByteLines(bytes);
      while (lines.next()) {
        number++;
        if (!lines.blank()) {
          read(lines, file, number, open, runs, problems);
        }
      }
      if (bytes.failure() != null) {
        problems.accept(file + ":" + number + ": the rest cannot be read: " + bytes.failure());
      }
    } catch (IOException e) {
      problems.accept(file + " cannot be read: " + e);
    }
    return named(name(file), runs);
  }

  private void read(
      ByteLines lines,
      Path file,
      int number,
      Map<String, List<TickRecord>> open,
      List<List<TickRecord>> runs,
      Consumer<String> problems) {
    try {
      TickRecord tick = reader.read(lines.bytes(), lines.from(), lines.length());
      List<TickRecord> run = open.get(tick.canary());
      if (run == null || (Runs.ends(run.getLast()) && Runs.belongs(tick))) {
        run = new ArrayList<>();
        runs.add(run);
        open.put(tick.canary(), run);
      }
      run.add(tick);
    } catch (RecordingException e) {
      problems.accept(file + ":" + number + ": " + e.getMessage());
    }
  }

  private static List<Recording> named(String name, List<List<TickRecord>> runs) {
    return IntStream.range(0, runs.size())
        .mapToObj(i -> new Recording(i == 0 ? name : name + "#" + (i + 1), runs.get(i)))
        .toList();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (!file.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean hasEnding(Path path) {
    return ENDINGS.stream().anyMatch(path.toString()::endsWith);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.jsonl(\\.gz)?$", "");
  }
}
