package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Probe;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Printer;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules and guard rails see of each variant of each group of facts. */
final class Sights {

  private static final List<Set<Class<?>>> GROUPS =
      List.of(
          Set.of(Rollout.class),
          Set.of(Intervention.class),
          Set.of(Problem.class),
          Set.of(Traffic.class),
          Set.of(Revision.class),
          Set.of(Workload.class),
          Set.of(Moment.class),
          Surrounds.FACTS,
          Set.of(Hook.class, Gate.class),
          Set.of(Check.class, Metric.class, Probe.class));

  private final List<Rule> rules;
  private final List<List<List<Object>>> groups;
  private final List<Map<Integer, List<Condition>>> parts;
  private final List<BitSet[]> truths = new ArrayList<>();
  private final List<List<Object>> tags = new ArrayList<>();
  private final List<List<Map<Integer, Object>>> signatures = new ArrayList<>();
  private final List<List<Integer>> distinct = new ArrayList<>();

  /** Of each rule the parts that need one group each; none where facts of several are compared. */
  private final List<Optional<List<Condition>>> leaves;

  private final List<Join> comparing;
  private final BitSet joined = new BitSet();
  private final List<BitSet> touched = new ArrayList<>();

  Sights(List<Rule> rules, List<List<List<Object>>> groups) {
    this.rules = rules;
    this.groups = groups;
    this.parts = rules.stream().map(Sights::split).toList();
    this.leaves = rules.stream().map(r -> Leaves.of(r, c -> groupsOf(c).size() == 1)).toList();
    this.comparing = rules.stream().map(Join::new).toList();
    for (int r = 0; r < rules.size(); r++) {
      joined.set(r, !rules.get(r).when().stream().allMatch(Sights::alone));
      BitSet own = new BitSet();
      Reads.facts(rules.get(r)).forEach(f -> own.set(group(f)));
      touched.add(own);
    }
    for (int g = 0; g < groups.size(); g++) {
      List<List<Object>> variants = groups.get(g);
      signatures.add(variants.stream().<Map<Integer, Object>>map(_ -> new HashMap<>()).toList());
      tags.add(variants.stream().map(Sights::tag).toList());
      truths.add(truths(g));
      distinct.add(findDistinct(g));
    }
  }

  /** Rules whose conditions compare facts of several groups, or of which one needs several. */
  BitSet joined() {
    return joined;
  }

  /** Whether the conditions of a rule are decided once this group and all before it are. */
  boolean decided(int rule, int group) {
    return !joined.get(rule) && touched.get(rule).length() <= group + 1;
  }

  /** The variants that some rule or guard rail can tell from those before them. */
  List<Integer> distinct(int group) {
    return distinct.get(group);
  }

  /** The rules whose conditions on the group hold. */
  BitSet truth(int group, int variant) {
    return truths.get(group)[variant];
  }

  /** What guard rails look at, beside what rules see. */
  Object tag(int group, int variant) {
    return tags.get(group).get(variant);
  }

  /** What the rules that need several groups at once see of a variant of one of them. */
  Object joins(int group, int variant, BitSet live) {
    Map<Integer, Object> seen = new HashMap<>();
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (joined.get(r) && touched.get(r).get(group)) {
        seen.put(
            r,
            signatures
                .get(group)
                .get(variant)
                .computeIfAbsent(r, k -> signature(k, group, variant)));
      }
    }
    return seen;
  }

  private Object signature(int rule, int group, int variant) {
    Evaluator evaluator = new Evaluator(groups.get(group).get(variant));
    return leaves
        .get(rule)
        .<Object>map(parts -> truth(parts, group, evaluator))
        .orElseGet(() -> comparing.get(rule).sight(evaluator, fact -> group(fact) == group));
  }

  private static BitSet truth(List<Condition> parts, int group, Evaluator evaluator) {
    BitSet truth = new BitSet();
    for (int i = 0; i < parts.size(); i++) {
      Condition part = parts.get(i);
      truth.set(i, groupsOf(part).contains(group) && evaluator.any(List.of(part), Map.of()));
    }
    return truth;
  }

  private static Set<Integer> groupsOf(Condition c) {
    Set<Integer> all = new HashSet<>();
    patterns(c).forEach(p -> all.add(group(p.fact())));
    return all;
  }

  /** The conditions of a rule that one group of facts decides alone, by that group. */
  private static Map<Integer, List<Condition>> split(Rule rule) {
    Map<Integer, List<Condition>> split = new HashMap<>();
    for (Condition c : rule.when()) {
      if (alone(c)) {
        split.computeIfAbsent(groupsOf(c).iterator().next(), k -> new ArrayList<>()).add(c);
      }
    }
    return split;
  }

  private static boolean alone(Condition c) {
    return groupsOf(c).size() == 1 && Leaves.closed(c);
  }

  private static Set<Pattern> patterns(Condition c) {
    return Reads.patterns(new Rule("", "", 1, List.of(c), List.of()));
  }

  private static int group(Class<?> fact) {
    for (int g = 0; g < GROUPS.size(); g++) {
      if (GROUPS.get(g).contains(fact)) {
        return g;
      }
    }
    return 0;
  }

  /** For each variant of the group, the rules whose conditions on it hold. */
  private BitSet[] truths(int group) {
    // Many rules begin alike: each condition is looked at once, whoever has it.
    Map<String, BitSet> failing = new LinkedHashMap<>();
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (int r = 0; r < rules.size(); r++) {
      for (Condition condition : parts.get(r).getOrDefault(group, List.of())) {
        String text = Printer.print(condition);
        conditions.putIfAbsent(text, condition);
        failing.computeIfAbsent(text, _ -> new BitSet()).set(r);
      }
    }
    return groups.get(group).stream()
        .map(variant -> truth(new Evaluator(variant), conditions, failing))
        .toArray(BitSet[]::new);
  }

  private BitSet truth(
      Evaluator variant, Map<String, Condition> conditions, Map<String, BitSet> failing) {
    BitSet holds = new BitSet(rules.size());
    holds.set(0, rules.size());
    conditions.forEach(
        (text, condition) -> {
          if (!variant.any(List.of(condition), Map.of())) {
            holds.andNot(failing.getOrDefault(text, new BitSet()));
          }
        });
    return holds;
  }

  private List<Integer> findDistinct(int group) {
    BitSet all = new BitSet();
    all.set(0, rules.size());
    Map<Object, Integer> first = new LinkedHashMap<>();
    for (int v = 0; v < truths.get(group).length; v++) {
      Object key = List.of(truths.get(group)[v], tags.get(group).get(v), joins(group, v, all));
      first.putIfAbsent(key, v);
    }
    return List.copyOf(first.values());
  }

  private static Object tag(List<Object> variant) {
    List<Object> tag = new ArrayList<>();
    for (Object fact : variant) {
      switch (fact) {
        case Rollout r ->
            tag.add(
                List.of(
                    r.phase(),
                    r.strategy(),
                    r.started(),
                    r.mirroring(),
                    r.iterationsDone(),
                    r.weight(),
                    r.nextWeight()));
        case Workload w when w.target() -> tag.add(List.of(w.role(), w.ready()));
        case Gate g -> tag.add(List.of(g.type(), g.open()));
        case Metric m when m.outcome() == Metric.Outcome.NO_DATA -> tag.add(m.outcome());
        case Metric m -> tag.add(List.of("metric", m.outcome() == Metric.Outcome.PASS));
        case Check c -> tag.add(List.of("check", c.pending()));
        default -> {}
      }
    }
    return Set.copyOf(tag);
  }
}
