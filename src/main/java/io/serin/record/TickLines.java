package io.serin.record;

import io.serin.rollout.TickRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ticks as lines of a recording, masked and bounded as those are, and back. Thread-safe. */
public final class TickLines {

  private static final int LONGEST = 256 << 10;

  private final LineFormat format = new LineFormat();
  private final BoundedLine lines;

  /** With these masks. */
  public TickLines(Masks masks) {
    lines = new BoundedLine(masks, LONGEST);
  }

  /** The line with its line feed; empty when it cannot be made short enough. */
  public Optional<String> write(TickRecord tick) {
    byte @Nullable [] line = lines.of(tick);
    return line == null ? Optional.empty() : Optional.of(new String(line, StandardCharsets.UTF_8));
  }

  /**
   * Reads a line.
   *
   * @throws RecordingException when it is not a tick of a version that is understood
   */
  public TickRecord read(String line) {
    return format.read(line);
  }

  /** The tick as readers of its line know it: without what is masked. */
  public TickRecord masked(TickRecord tick) {
    return write(tick)
        .map(this::read)
        .orElseThrow(
            () ->
                new RecordingException(
                    "tick " + tick.tick() + " of " + tick.canary() + " is too long to be shown"));
  }
}
