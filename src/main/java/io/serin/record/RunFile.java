package io.serin.record;

import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of one run. Plain while the run goes on, so that a crash costs no line; compressed
 * afterwards.
 */
final class RunFile {

  private static final Logger log = LoggerFactory.getLogger(RunFile.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RecordingOptions options;
  private final String name;
  private @Nullable Path path;
  private long size;
  private boolean full;

  RunFile(RecordingOptions options, TickRecord first) {
    this.options = options;
    this.name = safe(first.canary()) + "_" + TIME.format(first.at());
  }

  String name() {
    return name;
  }

  synchronized void append(byte[] line) throws IOException {
    if (full) {
      return;
    }
    if (size + line.length > options.largestFile()) {
      full = true;
      log.atWarn()
          .addKeyValue("file", name)
          .addKeyValue("largestFile", options.largestFile())
          .log("recording is full; later ticks of its run are left out");
      return;
    }
    if (path == null) {
      path = create();
    }
    Files.write(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size += line.length;
  }

  synchronized void end() throws IOException {
    if (path == null || !options.gzip()) {
      return;
    }
    Path half = path.resolveSibling(path.getFileName() + ".gz.tmp");
    try (var out = new GZIPOutputStream(Files.newOutputStream(half))) {
      Files.copy(path, out);
    }
    Path whole = path.resolveSibling(path.getFileName() + ".gz");
    Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(path);
    path = null;
  }

  /** Two runs may begin within a second; each has a file of its own. */
  private Path create() throws IOException {
    Files.createDirectories(options.directory());
    for (int i = 1; ; i++) {
      Path candidate = options.directory().resolve(name + (i == 1 ? "" : "_" + i) + ".jsonl");
      if (Files.exists(candidate.resolveSibling(candidate.getFileName() + ".gz"))) {
        continue;
      }
      try {
        return Files.createFile(candidate);
      } catch (FileAlreadyExistsException taken) {
        log.atTrace().addKeyValue("file", candidate).log("name is taken, trying the next");
      }
    }
  }

  private static String safe(String canary) {
    return canary.replace('/', '_').replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
