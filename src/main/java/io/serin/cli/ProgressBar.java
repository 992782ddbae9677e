package io.serin.cli;

import io.serin.record.Progress;
import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A line that is drawn again and again while recordings are read. Thread-safe. */
final class ProgressBar implements Progress {

  private static final int WIDTH = 30;

  private final PrintWriter out;
  private long shown = -1;

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  /** A bar where somebody is watching, otherwise nothing. */
  static Progress of(PrintWriter out, @Nullable Console console) {
    return console == null || !console.isTerminal() ? NONE : new ProgressBar(out);
  }

  /** Only drawn when it has grown, which is a hundred times at most. */
  @Override
  public synchronized void at(long done, long total) {
    long percent = total == 0 ? 100 : 100 * done / total;
    if (percent <= shown) {
      return;
    }
    shown = percent;
    int filled = (int) (WIDTH * percent / 100);
    out.print(
        "\r[%s%s] %3d %% of %s"
            .formatted("#".repeat(filled), " ".repeat(WIDTH - filled), percent, size(total)));
    out.print(percent == 100 ? "\n" : "");
    out.flush();
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KiB" : (bytes >> 20) + " MiB";
  }
}
