package io.serin.policy.catalog;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.NamespacePolicies;
import io.serin.policy.Policy;
import io.serin.policy.PolicyCache;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicySource;
import io.serin.policy.testing.CaseResult;
import io.serin.policy.testing.PolicyTests;
import io.serin.policy.testing.TestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a policy of a definition: puts it together, compiles it in the bounded pool of the cache,
 * and runs the tests that came with it. A policy that fails its own tests is not one to trust.
 */
public final class Loader implements Function<PolicyDefinition, Policy> {

  /** Findings that are kept of one version. */
  private static final int MOST = 20;

  private final PolicyCache cache;
  private final Policy fallback;

  /**
   * Compiles in that cache.
   *
   * @param fallback what the tests of namespace policies run beside
   */
  public Loader(PolicyCache cache, Policy fallback) {
    this.cache = cache;
    this.fallback = fallback;
  }

  /**
   * Waits until it is compiled and tested.
   *
   * @throws PolicyException when it cannot be used
   */
  @Override
  public Policy apply(PolicyDefinition definition) {
    if (!definition.problems().isEmpty()) {
      throw new PolicyException(definition.problems());
    }
    PromotionPolicySpec spec = definition.spec();
    boolean namespaced = definition.key().namespaced();
    Policy policy =
        cache.await(namespaced ? NamespacePolicies.source(spec) : PolicySource.of(spec));
    Policy whole = namespaced ? fallback.joinedBy(List.of(policy)) : policy;
    List<String> failed = failures(PolicyTests.run(whole, spec.tests()));
    if (!failed.isEmpty()) {
      throw new PolicyException(failed);
    }
    return policy;
  }

  private static List<String> failures(TestReport report) {
    List<String> lines = new ArrayList<>();
    for (CaseResult result : report.cases()) {
      for (String problem : result.problems()) {
        lines.add("%s: case '%s': %s".formatted(result.file(), result.name(), problem));
      }
    }
    return lines.subList(0, Math.min(MOST, lines.size()));
  }
}
