package io.serin.cli;

import io.serin.record.Comparison;
import io.serin.record.Progress;
import io.serin.record.Replay;
import io.serin.record.ReplayResult;
import io.serin.record.Shard;
import io.serin.record.ShardResults;
import io.serin.record.WhatIf;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code serin replay}: decides recorded ticks again, compares two policies over recorded rollouts,
 * or simulates those rollouts under another policy.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Decide recorded ticks again and say which verdicts change; with --against, compare two"
          + " policies over whole rollouts; with --what-if, simulate the rollouts under a policy"
          + " whose own weights are carried forward.",
      "--merge puts the JSON results of shards together."
    })
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--recordings",
      paramLabel = "PATH",
      description = "A .jsonl or .jsonl.gz file, or a directory of them.")
  private @Nullable Path recordings;

  @Option(
      names = "--merge",
      paramLabel = "PATH",
      arity = "1..*",
      description = "JSON results of all shards of one replay: files, or directories of *.json.")
  private @Nullable List<Path> merge;

  @Option(
      names = "--policy",
      paramLabel = "DIR",
      description =
          "Directory of *.drl files that decides; the bundled rules unless given. With --against:"
              + " the baseline; what was recorded unless given.")
  private @Nullable Path policy;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "Compare with the policy of this directory, over whole rollouts.")
  private @Nullable Path against;

  @Option(
      names = "--what-if",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Simulate the rollouts under the policy of this directory, or under the bundled rules."
              + " Its own weights are carried forward; the measurements stay those of the recorded"
              + " weights.")
  private @Nullable String whatIf;

  @Option(
      names = "--policy-packs",
      paramLabel = "NAMES",
      split = ",",
      description = "Packs that the deciding policy, or that of --against or --what-if, takes in.")
  private List<String> packs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or with --against and --what-if html. Default: ${DEFAULT-VALUE}.")
  private ReplayOutput output = ReplayOutput.text;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the result there, as a whole, instead of printing it.")
  private @Nullable Path out;

  @Option(names = "--changes", description = "Leave ticks with the same verdict out of the text.")
  private boolean changes;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only every N-th file, beginning with file I, counted from 0.")
  private @Nullable String shard;

  @Option(
      names = "--fail-on-change",
      description =
          "Exit with 1 when a verdict or a rollout differs or cannot be told, or a line cannot be"
              + " read.")
  private boolean failOnChange;

  @Override
  public Integer call() {
    requireSense();
    ReplayResult result =
        merge == null ? replayed(Objects.requireNonNull(recordings)) : ShardResults.merge(merge);
    UnreadableLines.tell(spec, result.problems());
    String text = output.of(result, changes);
    if (out == null) {
      Printed.out(spec, text);
    } else {
      ReplayOutput.write(out, text.endsWith("\n") ? text : text + "\n");
    }
    return exit(result);
  }

  private void requireSense() {
    if (recordings == null && merge == null) {
      throw wrong("name recordings with --recordings PATH, or results of shards with --merge PATH");
    }
    if (merge != null && (recordings != null || shard != null || named())) {
      throw wrong("--merge puts results together; it takes no recordings, no policy and no shard");
    }
    if (whatIf != null && (against != null || policy != null)) {
      throw wrong(
          "--what-if names its policy itself and has no baseline; leave out --against and"
              + " --policy");
    }
    boolean ticks = merge == null && whatIf == null && against == null;
    if (output == ReplayOutput.html && ticks) {
      throw wrong("-o html is for comparisons; add --against DIR or --what-if, or use -o json");
    }
  }

  private boolean named() {
    return policy != null || against != null || whatIf != null || !packs.isEmpty();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ReplayResult replayed(Path path) {
    Shard part = part();
    Progress progress = ProgressBar.of(spec.commandLine().getErr(), System.console());
    if (whatIf != null) {
      return new WhatIf(Policies.load(whatIf, packs), progress).of(path, part);
    }
    if (against == null) {
      String directory = policy == null ? "" : policy.toString();
      return new Replay(Policies.load(directory, packs), progress).of(path, part);
    }
    var candidate = Policies.load(against.toString(), packs);
    Comparison comparison =
        policy == null
            ? Comparison.withRecorded(candidate, progress)
            : Comparison.of(Policies.load(policy.toString(), List.of()), candidate, progress);
    return comparison.of(path, part);
  }

  /**
   * Nothing readable is a failure only where there were lines at all; an empty shard is fine. Of a
   * line that cannot be read nobody can tell that nothing changed.
   */
  private int exit(ReplayResult result) {
    if (result.recordings() == 0 && shard == null) {
      String what = merge == null ? String.valueOf(recordings) : "any shard";
      Printed.err(spec, "no tick of " + what + " can be read");
      return ExitCode.FAILED;
    }
    boolean unchanged = !result.differs() && result.problems().isEmpty();
    return failOnChange && !unchanged ? ExitCode.FAILED : ExitCode.OK;
  }

  private Shard part() {
    try {
      return shard == null ? Shard.ALL : Shard.parse(shard);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--shard: " + e.getMessage(), e);
    }
  }
}
