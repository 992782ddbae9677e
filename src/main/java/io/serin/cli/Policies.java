package io.serin.cli;

import io.serin.policy.BundledPolicy;
import io.serin.policy.Packs;
import io.serin.policy.Policy;
import io.serin.policy.PolicyFolder;
import io.serin.policy.PolicySource;
import java.nio.file.Path;
import java.util.List;

/** Loads the policy that flags describe. */
final class Policies {

  private Policies() {}

  /**
   * A policy with packs.
   *
   * @param directory of {@code *.drl} files; empty for the bundled policy
   * @param packs that it takes in
   * @throws io.serin.policy.PolicyException when it cannot be used
   */
  static Policy load(String directory, List<String> packs) {
    if (!directory.isEmpty()) {
      return Policy.of(PolicySource.of(PolicyFolder.read(Path.of(directory)).takingIn(packs)));
    }
    return packs.isEmpty()
        ? BundledPolicy.load()
        : Policy.of(Packs.add(BundledPolicy.compiled().source(), packs));
  }
}
