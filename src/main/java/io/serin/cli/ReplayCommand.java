package io.serin.cli;

import io.serin.policy.Policy;
import io.serin.record.Comparison;
import io.serin.record.ComparisonText;
import io.serin.record.HtmlReport;
import io.serin.record.Json;
import io.serin.record.Progress;
import io.serin.record.Replay;
import io.serin.record.ReplayText;
import io.serin.record.Shard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code serin replay}: decides recorded ticks again, or compares two policies over recorded
 * rollouts.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Decide recorded ticks again and say which verdicts change; with --against, compare two"
            + " policies over whole rollouts.")
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--recordings",
      paramLabel = "PATH",
      required = true,
      description = "A .jsonl or .jsonl.gz file, or a directory of them.")
  private Path recordings;

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
      names = "--policy-packs",
      paramLabel = "NAMES",
      split = ",",
      description = "Packs that the deciding policy, or that of --against, takes in.")
  private List<String> packs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or with --against html. Default: ${DEFAULT-VALUE}.")
  private Output output = Output.text;

  @Option(names = "--changes", description = "Leave ticks with the same verdict out of the text.")
  private boolean changes;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only every N-th file, beginning with file I, counted from 0.")
  private @Nullable String shard;

  @Option(
      names = "--fail-on-change",
      description = "Exit with 1 when a verdict or a rollout differs or cannot be told.")
  private boolean failOnChange;

  /** How the result is printed. */
  @SuppressWarnings("checkstyle:ConstantName")
  enum Output {
    text,
    json,
    html
  }

  @Override
  public Integer call() {
    Shard part = part();
    if (against != null) {
      return compare(part, against.toString());
    }
    if (output == Output.html) {
      throw new ParameterException(
          spec.commandLine(), "-o html is for comparisons; add --against DIR or use -o json");
    }
    return replay(part);
  }

  private int replay(Shard part) {
    Policy deciding = Policies.load(policy == null ? "" : policy.toString(), packs);
    Replay.Result result = new Replay(deciding, progress()).of(recordings, part);
    report(result.problems());
    print(output == Output.json ? Json.of(result) : ReplayText.of(result, changes));
    return exit(result.same() < result.ticks(), result.ticks() == 0);
  }

  private int compare(Shard part, String candidateDirectory) {
    Policy candidate = Policies.load(candidateDirectory, packs);
    Comparison comparison =
        policy == null
            ? Comparison.withRecorded(candidate, progress())
            : Comparison.of(Policies.load(policy.toString(), List.of()), candidate, progress());
    Comparison.Result result = comparison.of(recordings, part);
    report(result.problems());
    print(
        switch (output) {
          case text -> ComparisonText.of(result);
          case json -> Json.of(result);
          case html -> HtmlReport.of(result);
        });
    return exit(result.differs(), result.recordings() == 0);
  }

  /** Nothing readable is a failure only where there were lines at all; an empty shard is fine. */
  private int exit(boolean differs, boolean nothing) {
    if (nothing && shard == null) {
      spec.commandLine()
          .getErr()
          .println("serin replay: no tick of " + recordings + " can be read");
      return ExitCode.FAILED;
    }
    return failOnChange && differs ? ExitCode.FAILED : ExitCode.OK;
  }

  private Shard part() {
    try {
      return shard == null ? Shard.ALL : Shard.parse(shard);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--shard: " + e.getMessage(), e);
    }
  }

  private void report(List<String> problems) {
    PrintWriter err = spec.commandLine().getErr();
    problems.forEach(err::println);
    err.flush();
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** A line that counts files, where somebody may be watching. */
  private Progress progress() {
    if (System.console() == null || !System.console().isTerminal()) {
      return Progress.NONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    return (done, total) -> {
      int filled = 30 * done / total;
      err.print(
          "\r["
              + "#".repeat(filled)
              + " ".repeat(30 - filled)
              + "] "
              + done
              + " of "
              + total
              + " files");
      err.print(done == total ? "\n" : "");
      err.flush();
    };
  }
}
