package io.serin.policy.check;

import io.serin.fact.Caution;
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
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Vocabulary;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides every state: each combination of the variants of each group of facts. Variants that no
 * rule left in play can tell apart, and no guard rail either, are decided once and counted as many.
 */
final class Sweep {

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

  /** States decided before a sweep gives up being exhaustive, and says so. */
  private static final int MOST = 100_000;

  private static final Set<String> RISING =
      Set.of("advance", "iterate", "mirror", "promote", "promoteEarly");

  /** Those that ask are told apart, too: a state in which one still asks is none to decide in. */
  private final List<Rule> rules;

  private final Verdicts verdicts;
  private final List<Map<Integer, List<Condition>>> parts = new ArrayList<>();
  private final List<List<List<Object>>> groups;
  private final SweepResult result = new SweepResult();
  private final List<BitSet[]> truths = new ArrayList<>();

  /** Of each group the variants that some rule or guard rail can tell from those before them. */
  private final List<List<Integer>> distinct = new ArrayList<>();

  private final List<List<Object>> tags = new ArrayList<>();
  private final List<Map<BitSet, List<Alike>>> classes = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private final List<List<Map<Integer, Object>>> signatures = new ArrayList<>();

  /** Of each rule the parts that need one group each; none where facts of several are compared. */
  private final List<Optional<List<Condition>>> leaves;

  private final BitSet joined = new BitSet();
  private final BitSet rising = new BitSet();
  private final List<BitSet> touched = new ArrayList<>();
  private final List<Caution> cautions = new ArrayList<>();

  /** Where to turn back for now. */
  private long share = MOST;

  Sweep(List<Rule> all, States states, List<GuardRail> rails) {
    this.rules = List.copyOf(all);
    this.verdicts = new Verdicts(all, rails, result);
    this.groups = states.groups();
    this.leaves = rules.stream().map(r -> Leaves.of(r, c -> groupsOf(c).size() == 1)).toList();
    rules.forEach(r -> parts.add(split(r)));
    for (int r = 0; r < rules.size(); r++) {
      Rule rule = rules.get(r);
      joined.set(r, !rule.when().stream().allMatch(Sweep::alone));
      rising.set(r, rule.then().stream().anyMatch(a -> RISING.contains(a.verb().name())));
      BitSet own = new BitSet();
      Reads.facts(rule).forEach(f -> own.set(group(f)));
      touched.add(own);
      cautions.add(
          rule.then().stream()
              .map(a -> Vocabulary.caution(a.verb()))
              .min(Comparator.naturalOrder())
              .orElse(Caution.IDLE));
    }
    groups.forEach(
        g -> {
          classes.add(new HashMap<>());
          signatures.add(g.stream().<Map<Integer, Object>>map(v -> new HashMap<>()).toList());
          tags.add(g.stream().map(Sweep::tag).toList());
        });
  }

  SweepResult run() {
    for (int g = 0; g < groups.size(); g++) {
      truths.add(truths(g));
      distinct.add(distinct(g));
    }
    BitSet live = new BitSet();
    live.set(0, rules.size());
    List<Alike> left = inShares(classes(0, live));
    share = MOST;
    left.removeIf(this::rollout);
    result.cut = !left.isEmpty();
    groups.forEach(g -> result.states = result.states.multiply(BigInteger.valueOf(g.size())));
    return result;
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
    List<List<Object>> variants = groups.get(group);
    BitSet[] all = new BitSet[variants.size()];
    for (int v = 0; v < all.length; v++) {
      Evaluator evaluator = new Evaluator(variants.get(v));
      BitSet holds = new BitSet(rules.size());
      for (int r = 0; r < rules.size(); r++) {
        List<Condition> own = parts.get(r).get(group);
        holds.set(r, own == null || evaluator.any(own, Map.of()));
      }
      all[v] = holds;
    }
    return all;
  }

  private List<Integer> distinct(int group) {
    BitSet all = new BitSet();
    all.set(0, rules.size());
    Map<Object, Integer> first = new LinkedHashMap<>();
    for (int v = 0; v < truths.get(group).length; v++) {
      Object key = List.of(truths.get(group)[v], tags.get(group).get(v), joins(group, v, all));
      first.putIfAbsent(key, v);
    }
    return List.copyOf(first.values());
  }

  /** Gives every sort of rollout as much, so that a sample knows them all; those not finished. */
  private List<Alike> inShares(List<Alike> all) {
    List<Alike> left = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      share = result.decided + (MOST - result.decided) / (all.size() - i);
      if (!rollout(all.get(i))) {
        left.add(all.get(i));
      }
    }
    return left;
  }

  private boolean rollout(Alike alike) {
    return descend(0, alike, Set.of(), List.of(), List.of());
  }

  /** Whether everything below was decided. */
  private boolean states(
      int group, BitSet live, Set<Object> tagged, List<Object> joins, List<Object> facts) {
    if (result.decided >= share) {
      return false;
    }
    Object key = key(group, live, tagged, joins);
    if (!seen.add(key)) {
      return true;
    }
    if (group == groups.size()) {
      leaf(live, facts);
      return true;
    }
    boolean complete = true;
    for (Alike alike : classes(group, live)) {
      complete &= descend(group, alike, tagged, joins, facts);
    }
    if (!complete) {
      seen.remove(key);
    }
    return complete;
  }

  private boolean descend(
      int group, Alike alike, Set<Object> tagged, List<Object> joins, List<Object> facts) {
    List<Object> more = new ArrayList<>(facts);
    more.addAll(groups.get(group).get(alike.variant));
    Set<Object> tags = new HashSet<>(tagged);
    tags.add(this.tags.get(group).get(alike.variant));
    List<Object> joined = new ArrayList<>(joins);
    joined.add(alike.joins);
    return states(group + 1, alike.live, tags, joined, more);
  }

  /** Two ways to the same key end in the same decisions. */
  private Object key(int group, BitSet live, Set<Object> tagged, List<Object> joins) {
    return List.of(
        group,
        live,
        live.intersects(rising) ? tagged : Set.of(),
        live.intersects(joined) ? joins : List.of());
  }

  /** What the rules that need several groups at once see of a variant of one of them. */
  private Object joins(int group, int variant, BitSet live) {
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
        .orElseGet(() -> new Join(rules.get(rule)).sight(evaluator, fact -> group(fact) == group));
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

  /** The variants of a group, those together that nothing in play can tell apart. */
  private List<Alike> classes(int group, BitSet live) {
    return classes.get(group).computeIfAbsent(live, l -> classify(group, l));
  }

  private List<Alike> classify(int group, BitSet live) {
    boolean tagged = live.stream().anyMatch(rising::get);
    Map<List<Object>, Alike> alike = new LinkedHashMap<>();
    BitSet[] truth = truths.get(group);
    for (int v : distinct.get(group)) {
      BitSet next = (BitSet) live.clone();
      next.and(truth[v]);
      prune(next, group);
      Object tag = tagged ? tags.get(group).get(v) : 0;
      Object join = joins(group, v, next);
      alike.computeIfAbsent(List.of(next, tag, join), _ -> new Alike(v, next, join));
    }
    return List.copyOf(alike.values());
  }

  /** Takes out what cannot win any more: a rule that fires for certain is more careful. */
  private void prune(BitSet live, int group) {
    Caution certain = Caution.IDLE;
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      boolean complete = !joined.get(r) && touched.get(r).length() <= group + 1;
      if (complete && cautions.get(r).compareTo(certain) < 0) {
        certain = cautions.get(r);
      }
    }
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (cautions.get(r).compareTo(certain) > 0) {
        live.clear(r);
      }
    }
  }

  /** Variants of a group that are decided alike, and the rules left in play. */
  private record Alike(int variant, BitSet live, Object joins) {}

  /** What guard rails look at, beside what rules see. */
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

  private void leaf(BitSet live, List<Object> facts) {
    Evaluator evaluator = null;
    List<Rule> firing = new ArrayList<>();
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (joined.get(r)) {
        evaluator = evaluator == null ? new Evaluator(facts) : evaluator;
        if (!evaluator.fires(rules.get(r))) {
          continue;
        }
      }
      firing.add(rules.get(r));
    }
    verdicts.decide(firing, facts);
  }
}
