package io.serin.cli;

/** What {@code serin controller} runs. */
@FunctionalInterface
public interface ControllerMain {

  /**
   * Runs until it is asked to stop; ticks under way are finished first.
   *
   * @return an {@link ExitCode}
   * @throws RuntimeException when it cannot start; the message becomes the one line that is printed
   */
  int run(ControllerOptions options, StopSignal stop) throws InterruptedException;
}
