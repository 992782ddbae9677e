package io.serin.demo;

import io.serin.demo.Scenario.Act;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/** A view in the terminal that is drawn anew as things happen, and stays when the story is over. */
final class LiveReport implements Report {
  private final Terminal terminal;
  private final Display display;
  private final Recent recent;
  private final InstantSource clock;
  private final LiveView view;
  private final List<Line> lines = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();
  private @Nullable Act act;
  private @Nullable TickRecord last;
  private @Nullable TickRecord measured;

  /** Something that is listed below the bars. */
  sealed interface Line {
    /** A decision. */
    record Decided(TickRecord record) implements Line {}

    /** A text between decisions. */
    record Said(String text) implements Line {}
  }

  /**
   * @param terminal is closed with this
   */
  LiveReport(Terminal terminal, Gateway gateway, InstantSource clock, LiveView view) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    this.recent = new Recent(gateway::served);
    this.clock = clock;
    this.view = view;
  }

  @Override
  public void says(String line) {
    lines.add(new Line.Said(line));
  }

  @Override
  public void begins(Act next) {
    act = next;
    measured = null;
    lines.add(new Line.Said("release " + next.release() + ": " + Words.release(next)));
  }

  @Override
  public void decided(TickRecord record) {
    last = record;
    if (!record.evidence().metrics().isEmpty()) {
      measured = record;
    }
    lines.add(new Line.Decided(record));
  }

  @Override
  public void ended(Ending ending) {
    endings.add(ending);
    lines.add(new Line.Said(Words.ending(ending)));
  }

  @Override
  public void refresh() {
    recent.look();
    Size size = terminal.getSize();
    int rows = size.getRows() > 0 ? size.getRows() : 24;
    int columns = size.getColumns() > 0 ? size.getColumns() : 80;
    display.resize(rows, columns);
    display.update(picture(rows - 1, columns - 1), -1);
    terminal.flush();
  }

  @Override
  public void finished(List<Ending> all) {
    refresh();
    terminal.writer().println();
    terminal.writer().println(Words.summary(all));
    terminal.flush();
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give the terminal back", e);
    }
  }

  private List<AttributedString> picture(int rows, int columns) {
    return view.draw(
        new LiveView.Seen(clock.instant(), act, last, measured, recent.counts(), lines),
        rows,
        columns);
  }
}
