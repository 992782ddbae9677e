package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Dependency;
import io.serin.fact.Freeze;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Traffic;
import io.serin.fact.Trend;
import io.serin.fact.Workload;
import io.serin.policy.Settings;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The groups of facts that a sweep combines. Each group is a list of variants, each variant a list
 * of facts; a state is one variant of each group.
 */
final class States {

  private final Boundaries boundaries;
  private final Map<Class<?>, Integer> atOnce;
  private final boolean complete;
  private final List<List<List<Object>>> groups;

  /** States of a policy. */
  States(Boundaries boundaries, Settings settings, List<Rule> rules) {
    this.boundaries = boundaries;
    Map<Class<?>, Integer> together = together(rules);
    Measurements measurements =
        new Measurements(boundaries, rules, most(together, Metric.class, Check.class));
    int answers = most(together, Hook.class, Gate.class);
    var read = rules.stream().flatMap(r -> Reads.facts(r).stream()).collect(Collectors.toSet());
    this.groups =
        List.of(
            Rollouts.of(boundaries),
            interventions(),
            problems(),
            traffic(),
            revisions(),
            workloads(),
            moments(),
            new Surrounds(boundaries, settings).variants(read),
            Answers.of(boundaries, rules, answers > 1),
            measurements.all());
    this.atOnce = atOnce(measurements);
    this.complete = measurements.complete() && !boundaries.sampled();
  }

  List<List<List<Object>>> groups() {
    return groups;
  }

  /** There is every combination of what the policy can tell apart, and not just a sample. */
  boolean complete() {
    return complete;
  }

  /**
   * Whether all that the rule's conditions need can be there together, so that they never hold when
   * they hold in none of these states.
   */
  boolean reach(Rule rule) {
    return Decidable.rule(rule)
        && Together.of(rule).entrySet().stream()
            .allMatch(e -> e.getValue() <= atOnce.getOrDefault(e.getKey(), Integer.MAX_VALUE));
  }

  private static Map<Class<?>, Integer> together(List<Rule> rules) {
    Map<Class<?>, Integer> most = new HashMap<>();
    rules.forEach(
        rule -> Together.of(rule).forEach((fact, count) -> most.merge(fact, count, Math::max)));
    return most;
  }

  private static int most(Map<Class<?>, Integer> together, Class<?> one, Class<?> other) {
    return Math.max(together.getOrDefault(one, 0), together.getOrDefault(other, 0));
  }

  /** The most of each type; of the others there is one at most in a tick as well. */
  private static Map<Class<?>, Integer> atOnce(Measurements measurements) {
    return Map.of(
        Metric.class, measurements.atOnce(),
        Check.class, measurements.atOnce(),
        Hook.class, Answers.AT_ONCE,
        Gate.class, Answers.AT_ONCE,
        Workload.class, 2,
        Problem.class, 2,
        Intervention.class, 2,
        Trend.class, 1,
        Dependency.class, 1,
        Freeze.class, 1);
  }

  private List<List<Object>> revisions() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    // Whether one is the other is derived from them, so each may be what another is asked for.
    Set<Object> asked = new LinkedHashSet<>();
    for (String part : List.of("target", "applied", "promoted", "primary")) {
      asked.addAll(boundaries.texts(Revision.class, part, "1"));
    }
    boundaries.each(
        Revision.class,
        new Choices()
            .only("target", with(asked, "1", "2", "3"))
            .only("applied", with(asked, "1", "2"))
            .only("promoted", with(asked, "1"))
            .only("primary", with(asked, "1", "2")),
        _ -> true,
        r -> all.add(List.of(r)));
    return all;
  }

  private static List<Object> with(Set<Object> asked, Object... usual) {
    Set<Object> all = new LinkedHashSet<>(List.of(usual));
    all.addAll(asked);
    return List.copyOf(all);
  }

  private List<List<Object>> workloads() {
    List<List<Object>> all = new ArrayList<>();
    for (List<Object> target : copies(Workload.Role.TARGET)) {
      for (List<Object> primary : copies(Workload.Role.PRIMARY)) {
        List<Object> both = new ArrayList<>(target);
        both.addAll(primary);
        all.add(both);
      }
    }
    return all;
  }

  private List<List<Object>> copies(Workload.Role role) {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    String name = role == Workload.Role.TARGET ? "podinfo" : "podinfo-primary";
    Predicate<Workload> plausible =
        w ->
            !(w.ready() && w.expired())
                && w.available() <= w.replicas()
                && (!w.ready() || w.available() == w.replicas());
    boundaries.each(
        Workload.class,
        new Choices()
            .only("role", role)
            .usually("name", name)
            .usually("kind", "Deployment")
            .only("exists", true)
            .usually("reason", name + " is not ready"),
        plausible,
        w -> all.add(List.of(w)));
    return all;
  }

  private List<List<Object>> traffic() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    boundaries.each(
        Traffic.class,
        new Choices()
            .usually("provider", "istio")
            .usually("reason", "the route is not at its weight"),
        t -> t.primary() + t.canary() <= 100,
        t -> all.add(List.of(t)));
    return all;
  }

  private List<List<Object>> interventions() {
    List<Object> each = new ArrayList<>();
    boundaries.each(
        Intervention.class, new Choices().usually("source", "an annotation"), _ -> true, each::add);
    return upToTwo(each);
  }

  private List<List<Object>> problems() {
    List<Object> each = new ArrayList<>();
    boundaries.each(
        Problem.class, new Choices().usually("message", "a problem"), _ -> true, each::add);
    return upToTwo(each);
  }

  private static List<List<Object>> upToTwo(List<Object> each) {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    for (int i = 0; i < each.size(); i++) {
      all.add(List.of(each.get(i)));
      for (int j = 0; j < i; j++) {
        all.add(List.of(each.get(j), each.get(i)));
      }
    }
    return all;
  }

  private List<List<Object>> moments() {
    List<List<Object>> all = new ArrayList<>();
    boundaries.each(
        Moment.class,
        new Choices().usually("zone", "UTC").usually("epochSecond", 1_800_000_000L),
        m -> m.hour() >= 0 && m.hour() < 24 && m.minute() >= 0 && m.minute() < 60,
        m -> all.add(List.of(m)));
    return all;
  }
}
