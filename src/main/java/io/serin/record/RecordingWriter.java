package io.serin.record;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends ticks to files, one file per run of a canary: {@code <namespace>_<name>_<time of the
 * first tick>.jsonl}. Idle ticks are not recorded. No file stays open between ticks. A disk that
 * fails never touches a rollout: it is logged once, and once more when it works again. Thread-safe.
 */
public final class RecordingWriter implements Teller {

  private static final Logger log = LoggerFactory.getLogger(RecordingWriter.class);

  private final RecordingOptions options;
  private final BoundedLine lines;
  private final Map<String, RunFile> runs = new ConcurrentHashMap<>();
  private final AtomicBoolean failing = new AtomicBoolean();

  /** Nothing is written before the first tick. */
  public RecordingWriter(RecordingOptions options) {
    this.options = options;
    this.lines = new BoundedLine(options.masks(), options.longestLine());
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    append(record);
  }

  /** A Canary is gone, and with it its run. */
  @Override
  public void forget(String namespace, String name) {
    RunFile file = runs.remove(namespace + "/" + name);
    if (file != null) {
      attempt(file.name(), file::end);
    }
  }

  /** Appends a tick to the file of its run. Never throws. */
  public void append(TickRecord tick) {
    if (!Runs.belongs(tick)) {
      return;
    }
    RunFile file = runs.computeIfAbsent(tick.canary(), _ -> new RunFile(options, tick));
    attempt(file.name(), () -> write(file, tick));
    if (Runs.ends(tick) && runs.remove(tick.canary(), file)) {
      attempt(file.name(), file::end);
    }
  }

  /** The last attempt to write failed, as the log says. */
  public boolean failing() {
    return failing.get();
  }

  private void write(RunFile file, TickRecord tick) throws IOException {
    byte[] line = lines.of(tick);
    if (line == null) {
      log.atWarn()
          .addKeyValue("canary", tick.canary())
          .addKeyValue("tick", tick.tick())
          .addKeyValue("longestLine", options.longestLine())
          .log("tick is too long for its recording and left out");
    } else {
      file.append(line);
    }
  }

  private void attempt(String file, Action action) {
    try {
      action.run();
      if (failing.compareAndSet(true, false)) {
        log.atInfo()
            .addKeyValue("directory", options.directory())
            .log("recordings are written again");
      }
    } catch (IOException | RuntimeException e) {
      if (failing.compareAndSet(false, true)) {
        log.atError()
            .setCause(e)
            .addKeyValue("directory", options.directory())
            .addKeyValue("file", file)
            .log("recordings cannot be written; ticks go on without");
      }
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
