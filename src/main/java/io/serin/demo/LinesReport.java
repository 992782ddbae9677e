package io.serin.demo;

import io.serin.demo.Scenario.Act;
import io.serin.rollout.TickRecord;
import java.io.PrintWriter;
import java.util.List;

/** A line for each decision. */
final class LinesReport implements Report {
  private final PrintWriter out;
  private final Elapsed elapsed;

  LinesReport(PrintWriter out, Elapsed elapsed) {
    this.out = out;
    this.elapsed = elapsed;
  }

  @Override
  public void says(String line) {
    print(line);
  }

  @Override
  public void begins(Act act) {
    print("release " + act.release() + ": " + Words.release(act));
  }

  @Override
  public void decided(TickRecord record) {
    print(
        "%s  %s  %-12s  %3d %%  %-10s  [%s] %s"
            .formatted(
                elapsed.at(record.at()),
                record.canary(),
                record.after().phase().wireName(),
                record.after().weight(),
                record.verdict().verb(),
                record.rule(),
                record.verdict().reason()));
  }

  @Override
  public void ended(Ending ending) {
    print(Words.ending(ending));
  }

  @Override
  public void finished(List<Ending> endings) {
    print(Words.summary(endings));
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
