package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("serin ");
  }

  @Test
  void theHelpIsPrinted() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Usage: serin").contains("--verbose");
  }

  @Test
  void withoutACommandOneLineSaysSo() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("serin: no command given; run 'serin --help'");
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(run("explode")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("serin: unknown command 'explode'; run 'serin --help'");
  }

  @Test
  void anErrorIsOneLine() {
    assertThat(run("fail")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("serin fail: file 'x' is missing; create it");
  }

  @Test
  void withVerboseTheStackTraceFollows() {
    assertThat(run("fail", "--verbose")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .startsWith("serin fail: file 'x' is missing; create it")
        .contains("IllegalStateException", "at io.serin.cli.CommandsTest");
  }

  private int run(String... args) {
    return Shell.run(out, err, args, new FailingCommand());
  }

  @Command(name = "fail")
  private static final class FailingCommand implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("file 'x' is missing; create it\nand more");
    }
  }
}
