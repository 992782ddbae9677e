package io.serin.cli;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicySource;
import io.serin.policy.check.CheckReport;
import io.serin.policy.check.PolicyCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code serin check}: looks for what is wrong with a policy without running it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Check a policy: the profile of safe rules, conditions that are never true, contradictions,"
            + " guard rails. Exits with 1 when there is an error; warnings pass.")
final class CheckCommand implements Callable<Integer> {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Spec private CommandSpec spec;

  @Mixin private PolicyDirectory policy;

  @Mixin private TextOrJson.Flag output;

  @Override
  public Integer call() {
    CheckReport report = report();
    Printed.out(
        spec,
        switch (output.chosen()) {
          case text -> report.text();
          case json -> json(report);
        });
    return report.passed() ? ExitCode.OK : ExitCode.FAILED;
  }

  private CheckReport report() {
    try {
      PromotionPolicySpec read = policy.read();
      return policy.namespaced()
          ? PolicyCheck.besideDefault(read)
          : PolicyCheck.run(PolicySource.of(read));
    } catch (PolicyException e) {
      throw new CommandException(e.findings().getFirst(), e);
    }
  }

  private static String json(CheckReport report) {
    ObjectNode tree = JSON.createObjectNode().put("passed", report.passed());
    tree.setAll((ObjectNode) JSON.valueToTree(report));
    return JSON.writeValueAsString(tree);
  }
}
