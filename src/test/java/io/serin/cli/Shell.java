package io.serin.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs a command line as a shell would, and keeps what is printed. */
final class Shell {
  private Shell() {}

  /**
   * @param out holds what this run printed, and nothing of the runs before
   * @param err gets what this run printed, after that of the runs before
   * @param commands those there are
   * @return the exit code
   */
  static int run(StringWriter out, StringWriter err, String[] args, Object... commands) {
    out.getBuffer().setLength(0);
    return Commands.commandLine(List.of(commands))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
