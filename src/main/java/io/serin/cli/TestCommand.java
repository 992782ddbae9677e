package io.serin.cli;

import io.serin.api.PromotionPolicySpec;
import io.serin.api.Unreadable;
import io.serin.policy.BundledPolicy;
import io.serin.policy.NamespacePolicies;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicySource;
import io.serin.policy.testing.JUnitXml;
import io.serin.policy.testing.PolicyTests;
import io.serin.policy.testing.Recordings.RecordedTick;
import io.serin.policy.testing.TestReport;
import io.serin.record.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serin test}: runs the cases that stand beside a policy. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Run the *_test.yaml cases of a policy and say what they cover.")
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private PolicyDirectory policy;

  @Option(names = "--coverage", description = "Also list rules and conditions not covered.")
  private boolean coverage;

  @Option(
      names = "--fail-under",
      paramLabel = "N",
      description = "Fail when less than N percent of rules or of conditions are covered.")
  private int failUnder;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results there as JUnit XML.")
  private @Nullable Path junit;

  @Override
  public Integer call() {
    if (failUnder < 0 || failUnder > 100) {
      throw new ParameterException(
          spec.commandLine(), "--fail-under " + failUnder + " is no percentage; use 0 to 100");
    }
    TestReport report = run();
    if (junit != null) {
      write(junit, JUnitXml.write(report));
    }
    if (report.cases().isEmpty()) {
      throw new CommandException(
          "directory " + policy.path() + " holds no test case; write a *_test.yaml beside the DRL");
    }
    Printed.out(spec, report.text(coverage));
    return report.passed() ? ExitCode.OK : ExitCode.FAILED;
  }

  private TestReport run() {
    try {
      return run(policy.read(), new PolicyTests.Options(TestCommand::recording, failUnder));
    } catch (PolicyException e) {
      int more = e.findings().size() - 1;
      String rest =
          more == 0 ? "" : " (and " + more + " more; run 'serin check " + policy.path() + "')";
      throw new CommandException(e.findings().getFirst() + rest, e);
    }
  }

  private TestReport run(PromotionPolicySpec read, PolicyTests.Options options) {
    return policy.namespaced()
        ? PolicyTests.beside(
            BundledPolicy.load(), NamespacePolicies.source(read), policy.path(), options)
        : PolicyTests.run(PolicySource.of(read), policy.path(), options);
  }

  /** The ticks of every run in the file. */
  private static List<RecordedTick> recording(Path file) {
    List<String> problems = new ArrayList<>();
    List<RecordedTick> ticks =
        new Recordings()
            .read(file, problems::add)
            .flatMap(run -> run.ticks().stream())
            .map(tick -> new RecordedTick(tick.facts(), tick.evidence()))
            .toList();
    if (!problems.isEmpty()) {
      throw new CommandException(problems.getFirst());
    }
    return ticks;
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CommandException(
          "file " + file + " cannot be written: " + Unreadable.why(e) + "; name another", e);
    }
  }
}
