package io.serin.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Lines of recordings that cannot be read: the first ones are told, of the others how many. */
final class UnreadableLines {

  /** So many are told; a file of another kind has thousands. */
  private static final int TOLD = 20;

  private final CommandSpec spec;
  private int count;

  UnreadableLines(CommandSpec spec) {
    this.spec = spec;
  }

  /** Tells all of them. */
  static void tell(CommandSpec spec, List<String> problems) {
    UnreadableLines lines = new UnreadableLines(spec);
    problems.forEach(lines::add);
    lines.end();
  }

  /** Tells one of them, unless there were many. */
  void add(String problem) {
    if (++count <= TOLD) {
      print(problem);
    }
  }

  /** Says how many were not told. */
  void end() {
    if (count > TOLD) {
      print("and %d more that cannot be read".formatted(count - TOLD));
    }
  }

  private void print(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
