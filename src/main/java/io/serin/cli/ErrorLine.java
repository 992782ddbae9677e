package io.serin.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors as people get them: one line on standard error. */
final class ErrorLine {
  private ErrorLine() {}

  /** Reports a command line that makes no sense. */
  static int wrongUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    String nextStep = suggestion(e) + "run '" + command + " --help'";
    line.getErr().println(command + ": " + wrong(e) + "; " + nextStep);
    return ExitCode.USAGE;
  }

  /** Reports what went wrong while a command ran. */
  static int failed(Exception e, CommandLine line, ParseResult result) {
    PrintWriter err = line.getErr();
    err.println(line.getCommandSpec().qualifiedName() + ": " + firstLine(e));
    if (verbose(line)) {
      e.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }

  private static String wrong(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      boolean atTop = e.getCommandLine().getParent() == null;
      String word = unmatched.getUnmatched().getFirst();
      return (atTop ? "unknown command '" : "unexpected argument '") + word + "'";
    }
    return lowerFirst(firstLine(e));
  }

  private static boolean verbose(CommandLine line) {
    return line.getCommandSpec().root().userObject() instanceof SerinCommand serin
        && serin.verbose();
  }

  private static String suggestion(ParameterException e) {
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.<String>of();
    return similar.isEmpty() ? "" : "did you mean '" + similar.getFirst() + "'? If not, ";
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName() + " without a message; run it again with --verbose"
        : message.strip().lines().findFirst().orElseThrow();
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
