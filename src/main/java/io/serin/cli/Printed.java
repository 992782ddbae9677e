package io.serin.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says to people and scripts. */
final class Printed {

  private Printed() {}

  /** To standard output, with a line feed at the end. */
  static void out(CommandSpec spec, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** One line to standard error, under the command's name. */
  static void err(CommandSpec spec, String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + line);
    err.flush();
  }
}
