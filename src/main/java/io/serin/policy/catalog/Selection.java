package io.serin.policy.catalog;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.PolicyMode;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.policy.Choice;
import io.serin.policy.Policy;
import io.serin.policy.Settings;
import io.serin.policy.ShadowPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds who decides about one canary. An annotation names the policy; otherwise of those whose
 * selectors fit the one with more selectors wins, then the first by name; without any, the default
 * policy. Where the policy that should decide cannot, the canary holds: it is never handed to a
 * laxer one in silence.
 */
final class Selection {

  /** Policies that may decide beside the active one, since each costs time in every tick. */
  private static final int MOST_SHADOWS = 4;

  /** The order in which policies that fit alike are preferred. */
  static final Comparator<PolicyState> PREFERRED =
      Comparator.comparingInt((PolicyState state) -> -state.spec().specificity())
          .thenComparing(state -> state.key().name())
          .thenComparing(state -> state.key().origin());

  private final Canary canary;
  private final World world;
  private final List<PolicyState> known;
  private final Policy fallback;
  private final String wanted;
  private final List<Problem> problems = new ArrayList<>();
  private final List<PolicyState> deciding = new ArrayList<>();
  private @Nullable Map<String, String> namespaceLabels;

  Selection(
      Canary canary, World world, List<PolicyState> known, Policy fallback, boolean complete) {
    this.canary = canary;
    this.world = world;
    this.known = known;
    this.fallback = fallback;
    this.wanted = canary.metadata().annotation(Names.POLICY);
    if (!complete) {
      problems.add(new Problem(Problem.Kind.UNSYNCED, "waiting for the cluster's policies"));
    }
  }

  Choice choice() {
    Policy main = clusterPolicy();
    List<Policy> cautions = new ArrayList<>();
    List<ShadowPolicy> shadows = new ArrayList<>();
    for (PolicyState state : those(s -> s.key().namespace().equals(canary.namespace()))) {
      boolean named = state.key().name().equals(wanted);
      if (state.spec().mode() == PolicyMode.ENFORCE && (named || fits(state))) {
        use(state, cautions);
      }
    }
    Policy active = main.joinedBy(cautions);
    List<PolicyState> shadowing = those(this::shadows);
    for (PolicyState state : shadowing) {
      if (state.active() != null && shadows.size() < MOST_SHADOWS) {
        Policy own = state.active().policy();
        shadows.add(
            new ShadowPolicy(
                state.key().title(),
                state.key().namespaced() ? active.joinedBy(List.of(own)) : own));
        deciding.add(state);
      }
    }
    return new Choice(active, shadows, problems, settings(shadowing));
  }

  /**
   * By what their authors wrote: a version that is still being compiled, or was refused, declares
   * them, too.
   */
  private List<String> settings(List<PolicyState> shadowing) {
    return canary.metadata().annotation(Names.SETTINGS).isEmpty()
        ? List.of()
        : shadowing.stream()
            .flatMap(state -> Settings.names(state.spec()).stream())
            .distinct()
            .sorted()
            .toList();
  }

  /** Those that take part, for telling when they were last used. */
  List<PolicyState> deciding() {
    return deciding;
  }

  private boolean shadows(PolicyState state) {
    boolean here = !state.key().namespaced() || state.key().namespace().equals(canary.namespace());
    return here && state.spec().mode() == PolicyMode.SHADOW && fits(state);
  }

  private void use(PolicyState state, List<Policy> policies) {
    if (state.active() == null) {
      problems.add(unusable(state));
    } else {
      policies.add(state.active().policy());
      deciding.add(state);
    }
  }

  private Policy clusterPolicy() {
    List<PolicyState> enforced =
        those(s -> !s.key().namespaced() && s.spec().mode() == PolicyMode.ENFORCE);
    PolicyState named = wanted.isEmpty() ? null : named(enforced);
    if (named != null) {
      return policyOf(named);
    }
    for (PolicyState state : enforced) {
      if (fits(state)) {
        return policyOf(state);
      }
    }
    return fallback;
  }

  /** The default decides in place of one that cannot, but what is wrong with that one holds. */
  private Policy policyOf(PolicyState state) {
    List<Policy> usable = new ArrayList<>();
    use(state, usable);
    return usable.isEmpty() ? fallback : usable.getFirst();
  }

  /** The policy of that name; what stands in its way is a problem. */
  private @Nullable PolicyState named(List<PolicyState> enforced) {
    List<PolicyState> namesakes = those(state -> state.key().name().equals(wanted));
    PolicyState found =
        enforced.stream().filter(s -> s.key().name().equals(wanted)).findFirst().orElse(null);
    if (found != null && fits(found)) {
      return found;
    }
    boolean ours =
        namesakes.stream()
            .anyMatch(
                s ->
                    s.key().namespace().equals(canary.namespace())
                        && s.spec().mode() == PolicyMode.ENFORCE);
    if (!ours && !wanted.equals(PromotionPolicySpec.DEFAULT)) {
      problems.add(policy(why(found, namesakes)));
    }
    return null;
  }

  private String why(@Nullable PolicyState found, List<PolicyState> namesakes) {
    String annotation = "annotation %s names '%s', ".formatted(Names.POLICY, wanted);
    if (found != null) {
      return annotation + "whose selectors leave this Canary out; change them or the annotation";
    }
    return namesakes.stream()
        .filter(s -> !s.key().namespaced() || s.key().namespace().equals(canary.namespace()))
        .findFirst()
        .map(
            s ->
                "%swhich is in mode %s and decides nothing; set it to Enforce or take the annotation out"
                    .formatted(annotation, s.spec().mode().wireName()))
        .orElse(annotation + "and there is no such policy; create it or take the annotation out");
  }

  private static Problem unusable(PolicyState state) {
    return switch (state.stage()) {
      case COMPILING -> new Problem(Problem.Kind.UNSYNCED, state.key() + " is being compiled");
      case REFUSED, ACTIVE, OFF ->
          policy(
              "%s cannot be used, and no earlier version is known: %s"
                  .formatted(
                      state.key(), String.join("; ", state.findings().stream().limit(1).toList())));
    };
  }

  private static Problem policy(String message) {
    return new Problem(Problem.Kind.POLICY, message);
  }

  private List<PolicyState> those(Predicate<PolicyState> which) {
    return known.stream().filter(which).toList();
  }

  private boolean fits(PolicyState state) {
    PromotionPolicySpec spec = state.spec();
    return spec.selector().matches(canary.metadata().labels())
        && (spec.namespaceSelector().isEmpty() || spec.namespaceSelector().matches(labels(spec)));
  }

  /** Every namespace carries its name as a label, so for that alone it need not be looked at. */
  private Map<String, String> labels(PromotionPolicySpec spec) {
    Map<String, String> name = Map.of(Names.NAMESPACE_NAME, canary.namespace());
    if (!spec.namespaceSelector().looksBeyond(Names.NAMESPACE_NAME)) {
      return name;
    }
    Map<String, String> all = namespaceLabels;
    if (all == null) {
      all = read(name);
      namespaceLabels = all;
    }
    return all;
  }

  private Map<String, String> read(Map<String, String> name) {
    KubeObject namespace = world.get(new ObjectRef("v1", "Namespace", "", canary.namespace()));
    if (namespace != null) {
      return namespace.labels();
    }
    problems.add(
        new Problem(
            Problem.Kind.UNSYNCED,
            "the labels of namespace " + canary.namespace() + " are not in the cache yet"));
    return name;
  }
}
