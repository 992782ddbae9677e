package io.serin.record;

import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings. A line that makes no sense is reported as {@code file:line: reason}, the others
 * count. Thread-safe.
 */
public final class Recordings {

  private static final List<String> ENDINGS = List.of(".jsonl", ".jsonl.gz");

  private static final Pattern ENDING = Pattern.compile("\\.jsonl(\\.gz)?$");

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
    try (var paths =
        Files.find(
            path,
            Integer.MAX_VALUE,
            (file, attributes) -> attributes.isRegularFile() && hasEnding(file))) {
      List<Path> files = paths.sorted().toList();
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
    TreeMap<Integer, Recording> runs = new TreeMap<>();
    RunAssembly assembly = new RunAssembly(name(file), (run, place) -> runs.put(place, run));
    String trouble =
        lines(
            file,
            _ -> {},
            line -> {
              try {
                assembly.add(read(line));
              } catch (RecordingException e) {
                problems.accept(file + ":" + line.number() + ": " + e.getMessage());
              }
            });
    assembly.end();
    if (trouble != null) {
      problems.accept(trouble);
    }
    return List.copyOf(runs.values());
  }

  /**
   * A line that is not empty.
   *
   * @param number its place in the file, from 1
   * @param bytes what it holds, as UTF-8
   */
  record Line(int number, byte[] bytes) {}

  /**
   * Gives each line of a file.
   *
   * @param bytes is told how much was read of what is on disk, piece by piece
   * @return why the rest cannot be read, or null
   */
  @Nullable String lines(Path file, LongConsumer bytes, Consumer<Line> each) {
    int number = 0;
    try (TornStream stream = new TornStream(open(file, bytes))) {
      ByteLines lines = new ByteLines(stream);
      while (lines.next()) {
        number++;
        if (!lines.blank()) {
          each.accept(new Line(number, lines.copy()));
        }
      }
      return stream.failure() == null
          ? null
          : file + ":" + number + ": the rest cannot be read: " + stream.failure();
    } catch (IOException e) {
      return file + " cannot be read: " + e;
    }
  }

  /**
   * The tick of a line.
   *
   * @throws RecordingException when it is none
   */
  TickRecord read(Line line) {
    return reader.read(line.bytes(), 0, line.bytes().length);
  }

  private static InputStream open(Path file, LongConsumer bytes) throws IOException {
    InputStream in = new CountedStream(Files.newInputStream(file), bytes);
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

  /** The name of a file without its ending. */
  static String name(Path file) {
    return ENDING.matcher(String.valueOf(file.getFileName())).replaceFirst("");
  }
}
