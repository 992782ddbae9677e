package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code bin/serin} and what a training run leaves beside it. */
class LauncherIT {

  private static final Path PACKAGED = Path.of(System.getProperty("serin.home", "target/serin"));
  private static final String VERSION = "serin \\d+\\.\\d+\\.\\d+\\S*";

  @TempDir private Path folder;
  private Path home = Path.of("");

  @BeforeEach
  void aDistributionInAFolderWithASpaceInItsName() throws IOException {
    home = folder.resolve("my serin");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(PACKAGED.resolve("bin/serin"), home.resolve("bin/serin"));
    Files.createSymbolicLink(home.resolve("lib"), PACKAGED.resolve("lib").toAbsolutePath());
  }

  @AfterEach
  void onlyTheLinkIsRemoved() throws IOException {
    Files.delete(home.resolve("lib"));
  }

  @Test
  void withoutATrainingRunItStarts() throws Exception {
    assertThat(run("", "--version")).matches(VERSION);
  }

  @Test
  void whatATrainingRunLeftIsUsed() throws Exception {
    run("-XX:AOTCacheOutput=" + trained().getFileName(), "--version");

    assertThat(trained()).isNotEmptyFile();
    assertThat(run("-Xlog:aot", "--version"))
        .contains("Opened AOT cache " + trained())
        .containsPattern(VERSION);
  }

  @Test
  void whatDoesNotFitIsPassedOverWithoutAWord() throws Exception {
    Files.writeString(trained(), "of another JDK");

    assertThat(run("", "--version")).matches(VERSION);
  }

  private Path trained() {
    return home.resolve("serin.aot");
  }

  /** All that it prints. */
  private String run(String options, String argument) throws Exception {
    Path log = Files.createTempFile(folder, "run", ".log");
    List<String> command =
        List.of(
            "env",
            "-C",
            home.toString(),
            "JAVA_HOME=" + System.getProperty("java.home"),
            "JAVA_OPTS=" + options,
            home.resolve("bin/serin").toString(),
            argument);
    try (ChildProcess serin = ChildProcess.start(log, command)) {
      assertThat(serin.exitWithin(Duration.ofMinutes(2))).hasValue(ExitCode.OK);
    }
    return Files.readString(log).strip();
  }
}
