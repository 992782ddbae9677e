package io.serin.policy;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.profile.Action;
import io.serin.policy.profile.Finding;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    PolicySource source = rules(spec);
    List<Finding> bold = bold(source);
    if (!bold.isEmpty()) {
      throw new PolicyException(bold.stream().map(Finding::toString).toList());
    }
    return source;
  }

  /**
   * Its rules and settings, whatever they say.
   *
   * @throws PolicyException when it holds more than that
   */
  public static PolicySource rules(PromotionPolicySpec spec) {
    List<String> findings = new ArrayList<>();
    if (spec.buildsOnDefault()) {
      findings.add("base: a namespace policy is added to the cluster's; leave base out");
    }
    if (!spec.packs().isEmpty()) {
      findings.add("packs: packs are for cluster policies; leave them out");
    }
    if (!spec.without().isEmpty()) {
      findings.add("without: a namespace policy takes nothing away; leave it out");
    }
    if (!findings.isEmpty()) {
      throw new PolicyException(findings);
    }
    return PolicySource.of(spec);
  }

  /**
   * The rules of a namespace policy and those of the default one, for looking at them together.
   *
   * @throws PolicyException when rules of both have the same name
   */
  public static PolicySource besideDefault(PolicySource own) {
    PolicySource base = PolicySource.renamedDefault();
    Set<String> taken = Composition.names(base.files());
    List<String> findings =
        Composition.rules(own.files()).stream()
            .filter(rule -> taken.contains(rule.name()))
            .map(
                rule ->
                    "%s:%d: rule '%s': the default policy has one of that name; give it another"
                        .formatted(rule.file(), rule.line(), rule.name()))
            .toList();
    if (!findings.isEmpty()) {
      throw new PolicyException(findings);
    }
    return new PolicySource(
        Stream.concat(base.files().stream(), own.files().stream()).toList(),
        base.settings().and(own.settings()));
  }

  /** What rules say that is more than caution. */
  public static List<Finding> bold(PolicySource source) {
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : Profile.read(source).rules()) {
      for (Action action : rule.then()) {
        if (!VERBS.contains(action.verb().name())) {
          String message =
              "rule '%s': a namespace policy may only add caution (%s), not decide.%s"
                  .formatted(rule.name(), ALLOWED, action.verb().name());
          findings.add(new Finding(rule.file(), action.line(), Severity.ERROR, message));
        }
      }
    }
    return findings;
  }
}
