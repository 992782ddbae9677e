package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  @Test
  void theHeapOfAControllerIsBounded() throws Exception {
    assertThat(flagsOfAController("")).containsPattern("MaxHeapSize += 268435456");
  }

  @Test
  void whoSetsOptionsSaysHowLargeTheHeapOfAControllerMayBe() throws Exception {
    assertThat(flagsOfAController("-Xmx100m")).containsPattern("MaxHeapSize += 104857600");
  }

  @Test
  void aControllerThatRunsOutOfMemoryEnds() throws Exception {
    assertThat(flagsOfAController("")).containsPattern("ExitOnOutOfMemoryError += true");
  }

  private Path trained() {
    return home.resolve("serin.aot");
  }

  private String flagsOfAController(String options) throws Exception {
    return run(
        List.of("JAVA_OPTS=" + options, "JDK_JAVA_OPTIONS=-XX:+PrintFlagsFinal"),
        List.of("controller", "--help"));
  }

  private String run(String options, String argument) throws Exception {
    return run(List.of("JAVA_OPTS=" + options), List.of(argument));
  }

  /** All that it prints. */
  private String run(List<String> environment, List<String> arguments) throws Exception {
    Path log = Files.createTempFile(folder, "run", ".log");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "-C", home.toString()));
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.addAll(environment);
    command.add(home.resolve("bin/serin").toString());
    command.addAll(arguments);
    try (ChildProcess serin = ChildProcess.start(log, command)) {
      assertThat(serin.exitWithin(Duration.ofMinutes(2))).hasValue(ExitCode.OK);
    }
    return Files.readString(log).strip();
  }
}
