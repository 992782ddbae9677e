package io.serin.cli;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.PolicyFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The directory that a command looks at, and how a controller would use what stands in it. */
final class PolicyDirectory {

  @Parameters(
      paramLabel = "DIR",
      description = "Directory of *.drl files, *_test.yaml files and a policy.yaml.")
  private Path path;

  @Option(
      names = "--policy-packs",
      paramLabel = "NAMES",
      split = ",",
      description = "Packs that the policy takes in, beside those of its policy.yaml.")
  private List<String> packs = List.of();

  @Option(
      names = "--namespaced",
      description =
          "It is the policy of a namespace: it may only add caution, and is looked at together with"
              + " the bundled rules.")
  private boolean namespaced;

  Path path() {
    return path;
  }

  boolean namespaced() {
    return namespaced;
  }

  /**
   * What stands there.
   *
   * @throws io.serin.policy.PolicyException when there is no policy, or its {@code policy.yaml}
   *     cannot be understood
   */
  PromotionPolicySpec read() {
    return PolicyFolder.read(path).takingIn(packs);
  }
}
