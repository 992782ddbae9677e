package io.serin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code serin} itself: help, version, and the options that every command takes. */
@Command(
    name = "serin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Progressive delivery for Kubernetes, decided by rules that you can read.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class SerinCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // Picocli sets it.
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean verbose;

  /** Called when no command was named. */
  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  boolean verbose() {
    return verbose;
  }
}
