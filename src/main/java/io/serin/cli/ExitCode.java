package io.serin.cli;

/** What the process tells its caller. */
public final class ExitCode {
  /** It did what was asked. */
  public static final int OK = 0;

  /** It could not, or what it checked is not fine. */
  public static final int FAILED = 1;

  /** The command line makes no sense; nothing was done. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
