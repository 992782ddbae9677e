package io.serin.policy;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.profile.Action;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a policy of a namespace may be: rules that propose to wait or to take a revision back, and
 * nothing else. A verdict such as {@code suspend} is careful by rank and would still keep a
 * rollback from happening, so careful is what is listed here.
 */
public final class NamespacePolicies {

  /** The verbs of caution. */
  public static final Set<String> VERBS = Set.of("hold", "halt", "freeze", "rollback");

  private static final String ALLOWED = "decide.hold, halt, freeze or rollback";

  private NamespacePolicies() {}

  /**
   * Puts such a policy together.
   *
   * @throws PolicyException when it does more than add caution
   */
  public static PolicySource source(PromotionPolicySpec spec) {
    List<String> findings = new ArrayList<>();
    if (spec.buildsOnDefault()) {
      findings.add("base: a namespace policy is added to the cluster's; leave base out");
    }
    if (!spec.packs().isEmpty()) {
      findings.add("packs: packs are for cluster policies; leave them out");
    }
    if (!spec.off().isEmpty()) {
      findings.add("off: a namespace policy switches nothing off; leave it out");
    }
    if (findings.isEmpty()) {
      PolicySource source = PolicySource.of(spec);
      Profile.read(source).rules().forEach(rule -> check(rule, findings));
      if (findings.isEmpty()) {
        return source;
      }
    }
    throw new PolicyException(findings);
  }

  private static void check(Rule rule, List<String> findings) {
    for (Action action : rule.then()) {
      if (!VERBS.contains(action.verb().name())) {
        findings.add(
            "%s:%d: rule '%s': a namespace policy may only add caution (%s), not decide.%s"
                .formatted(rule.file(), action.line(), rule.name(), ALLOWED, action.verb().name()));
      }
    }
  }
}
