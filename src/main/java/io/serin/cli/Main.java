package io.serin.cli;

/** Where the process starts. */
public final class Main {
  private Main() {}

  /** Runs one command and leaves with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(Commands.commandLine().execute(args));
  }
}
