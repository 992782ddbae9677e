package io.serin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serin controller}: runs rollouts until it is stopped. */
@Command(
    name = "controller",
    versionProvider = Version.class,
    sortOptions = false,
    description = "Run the controller. Every flag works with one dash or two.")
final class ControllerCommand implements Callable<Integer> {
  private final ControllerMain controller;
  private final Map<String, String> environment;
  private final Supplier<StopSignal> stop;
  private final BiConsumer<LogLevel, LogEncoding> logging;

  @SuppressWarnings("NullAway.Init") // Picocli sets it.
  @Spec
  private CommandSpec spec;

  @Mixin private final ControllerFlags flags = new ControllerFlags();

  @Option(
      names = {"-version", "--version", "-V"},
      versionHelp = true,
      description = "Print the version and exit.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean version;

  @Option(
      names = {"-h", "-help", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  ControllerCommand(ControllerMain controller) {
    this(controller, System.getenv(), StopSignal::ofProcess, Logging::configure);
  }

  ControllerCommand(
      ControllerMain controller,
      Map<String, String> environment,
      Supplier<StopSignal> stop,
      BiConsumer<LogLevel, LogEncoding> logging) {
    this.controller = controller;
    this.environment = Map.copyOf(environment);
    this.stop = stop;
    this.logging = logging;
  }

  /**
   * The command to register: Flagger's long options with one dash are no bundles of letters, and of
   * a flag that is repeated the last one counts, as in Go.
   */
  static CommandLine commandLine(ControllerCommand command) {
    return new CommandLine(command)
        .setPosixClusteredShortOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    ControllerOptions options = options();
    logging.accept(options.observability().logLevel(), options.observability().logEncoding());
    return controller.run(options, stop.get());
  }

  private ControllerOptions options() {
    try {
      return flags.toOptions(environment);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
