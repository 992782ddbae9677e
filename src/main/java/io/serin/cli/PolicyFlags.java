package io.serin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Flags of {@code serin controller} about what decides, and what is kept of it. */
final class PolicyFlags {

  @Option(
      names = {"-policy-dir", "--policy-dir"},
      paramLabel = "DIRS",
      defaultValue = "",
      description =
          "Directories of policies, separated by commas; read again when they change. One without"
              + " selectors replaces the bundled policy.")
  private String policyDir = "";

  @Option(
      names = {"-policy-namespace", "--policy-namespace"},
      paramLabel = "NAMESPACE",
      defaultValue = "",
      description =
          "Namespace whose ConfigMaps labelled serin.dev/policy are cluster policies; the"
              + " controller's own unless given.")
  private String policyNamespace = "";

  @Option(
      names = {"-record-dir", "--record-dir"},
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where recordings of rollouts go.")
  private String recordDir = "";

  @Option(
      names = {"-policy-packs", "--policy-packs"},
      paramLabel = "NAMES",
      defaultValue = "",
      description = "Packs that the policy takes in, separated by commas.")
  private String policyPacks = "";

  @Option(
      names = {"-calendar", "--calendar"},
      paramLabel = "NAMESPACE/NAME",
      defaultValue = "",
      description = "ConfigMap with change windows and freezes.")
  private String calendar = "";

  /**
   * The options as given.
   *
   * @param home namespace of the controller itself
   * @throws IllegalArgumentException when a value makes no sense; the message names the flag
   */
  ControllerOptions.Policies toOptions(String home) {
    for (String directory : ControllerFlags.list(policyDir)) {
      ControllerOptions.require(
          Files.isDirectory(Path.of(directory)),
          "policy-dir",
          directory,
          "name directories with .drl files, separated by commas");
    }
    ControllerOptions.require(
        recordDir.isEmpty() || !Files.isRegularFile(Path.of(recordDir)),
        "record-dir",
        recordDir,
        "name a directory, not a file");
    return new ControllerOptions.Policies(
        ControllerFlags.list(policyDir),
        policyNamespace.isEmpty() ? home : policyNamespace,
        recordDir,
        ControllerFlags.list(policyPacks),
        calendar);
  }
}
