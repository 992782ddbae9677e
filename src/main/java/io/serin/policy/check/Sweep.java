package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
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
import io.serin.policy.Interpreter;
import io.serin.policy.Proposal;
import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides every state: each combination of the variants of each group of facts. Variants that no
 * rule left in play can tell apart, and no guard rail either, are decided once and counted as many.
 */
final class Sweep {

  private static final List<Set<Class<?>>> GROUPS =
      List.of(
          Set.of(Rollout.class),
          Set.of(Revision.class),
          Set.of(Workload.class),
          Set.of(Hook.class, Gate.class, Check.class, Metric.class, Probe.class),
          Set.of(Traffic.class),
          Set.of(Intervention.class),
          Set.of(Problem.class),
          Set.of(Moment.class));

  private final List<Rule> rules;
  private final List<Map<Integer, List<Condition>>> parts = new ArrayList<>();
  private final List<List<List<Object>>> groups;
  private final List<GuardRail> rails;
  private final Result result = new Result();
  private final List<BitSet[]> truths = new ArrayList<>();

  Sweep(List<Rule> all, States states, List<GuardRail> rails) {
    this.rules = all.stream().filter(r -> !r.asks()).toList();
    this.groups = states.groups();
    this.rails = rails;
    rules.forEach(r -> parts.add(split(r)));
  }

  Result run() {
    for (int g = 0; g < groups.size(); g++) {
      truths.add(truths(g));
    }
    BitSet live = new BitSet();
    live.set(0, rules.size());
    descend(0, live, BigInteger.ONE, new ArrayList<>());
    return result;
  }

  /** The conditions of a rule by the last group that they need; null keys are not used. */
  private static Map<Integer, List<Condition>> split(Rule rule) {
    Map<Integer, List<Condition>> split = new HashMap<>();
    boolean joined = joinsGroups(rule);
    int last = 0;
    for (Condition c : rule.when()) {
      int group = lastGroup(c);
      last = Math.max(last, group);
      split.computeIfAbsent(group, k -> new ArrayList<>()).add(c);
    }
    return joined ? Map.of(GROUPS.size() + last, rule.when()) : split;
  }

  /** Some condition needs the facts of more than one group at once. */
  private static boolean joinsGroups(Rule rule) {
    Map<String, Integer> owners = new HashMap<>();
    for (Condition c : rule.when()) {
      Set<Integer> touched = new HashSet<>();
      for (Pattern p : patterns(c)) {
        touched.add(group(p.fact()));
      }
      if (touched.size() > 1) {
        return true;
      }
      for (Pattern p : patterns(c)) {
        String binding = p.binding();
        if (binding != null) {
          owners.put(binding, group(p.fact()));
        }
        p.bound().keySet().forEach(v -> owners.put(v, group(p.fact())));
      }
    }
    for (Pattern p : Reads.patterns(rule)) {
      for (Constraint c : p.constraints()) {
        for (String variable : Variables.of(c.test())) {
          if (owners.getOrDefault(variable, -1) != group(p.fact())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Set<Pattern> patterns(Condition c) {
    return Reads.patterns(new Rule("", "", 1, List.of(c), List.of()));
  }

  private static int lastGroup(Condition c) {
    return patterns(c).stream().mapToInt(p -> group(p.fact())).max().orElse(0);
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

  private void descend(int group, BitSet live, BigInteger states, List<Object> facts) {
    if (group == groups.size()) {
      leaf(live, states, facts);
      return;
    }
    Map<List<Object>, int[]> classes = new LinkedHashMap<>();
    BitSet[] truth = truths.get(group);
    for (int v = 0; v < truth.length; v++) {
      BitSet next = (BitSet) live.clone();
      next.and(truth[v]);
      Object tag = tag(group, groups.get(group).get(v), live);
      int[] seen = classes.computeIfAbsent(List.of(next, tag), k -> new int[] {0, 0});
      if (seen[1]++ == 0) {
        seen[0] = v;
      }
    }
    classes.forEach(
        (key, seen) -> {
          List<Object> more = new ArrayList<>(facts);
          more.addAll(groups.get(group).get(seen[0]));
          descend(
              group + 1,
              (BitSet) key.getFirst(),
              states.multiply(BigInteger.valueOf(seen[1])),
              more);
        });
  }

  /** What must be told apart beside what rules see: what guard rails and joined rules look at. */
  private Object tag(int group, List<Object> variant, BitSet live) {
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (parts.get(r).keySet().stream().anyMatch(k -> k >= GROUPS.size())
          && Reads.facts(rules.get(r)).stream().anyMatch(f -> group(f) == group)) {
        return variant;
      }
    }
    List<Object> tag = new ArrayList<>();
    for (Object fact : variant) {
      switch (fact) {
        case Rollout r -> tag.add(List.of(r.started(), r.weight(), r.nextWeight()));
        case Workload w -> tag.add(List.of(w.role(), w.ready()));
        case Gate g -> tag.add(List.of(g.type(), g.open()));
        case Metric m -> tag.add(m.outcome());
        case Check c -> tag.add(c.pending());
        default -> {}
      }
    }
    return tag;
  }

  private void leaf(BitSet live, BigInteger states, List<Object> facts) {
    Evaluator evaluator = null;
    List<Rule> firing = new ArrayList<>();
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (parts.get(r).keySet().stream().anyMatch(k -> k >= GROUPS.size())) {
        evaluator = evaluator == null ? new Evaluator(facts) : evaluator;
        if (!evaluator.fires(rules.get(r))) {
          continue;
        }
      }
      firing.add(rules.get(r));
    }
    result.states = result.states.add(states);
    result.decided++;
    List<Proposal> proposals = new Interpreter(firing).propose(facts);
    result.add(proposals, facts, states);
    if (!proposals.isEmpty()) {
      rails(proposals.getFirst(), facts);
    }
  }

  private void rails(Proposal winner, List<Object> all) {
    Facts facts = facts(all);
    Evidence evidence = evidence(all);
    for (GuardRail rail : rails) {
      String broken = rail.broken(facts, evidence, winner.verdict());
      if (broken != null) {
        result.broken.putIfAbsent(winner.rule() + "\n" + broken, all);
      }
    }
  }

  private static Facts facts(List<Object> all) {
    return new Facts(
        of(all, Rollout.class).getFirst(),
        first(of(all, Revision.class)),
        of(all, Workload.class),
        first(of(all, Traffic.class)),
        of(all, Hook.class),
        of(all, Check.class),
        of(all, Intervention.class),
        of(all, Problem.class),
        of(all, Moment.class).getFirst());
  }

  private static Evidence evidence(List<Object> all) {
    return new Evidence(of(all, Gate.class), of(all, Metric.class), first(of(all, Probe.class)));
  }

  private static <T> List<T> of(List<Object> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static <T> @Nullable T first(List<T> all) {
    return all.isEmpty() ? null : all.getFirst();
  }

  /** What the sweep saw. */
  static final class Result {
    BigInteger states = BigInteger.ZERO;
    long decided;
    BigInteger undecided = BigInteger.ZERO;
    @Nullable List<Object> undecidedExample;
    final Set<String> fired = new HashSet<>();
    final Set<String> won = new HashSet<>();
    final Set<String> verbs = new HashSet<>();
    final Set<String> verbsWithoutData = new HashSet<>();
    final Map<String, String> outranked = new HashMap<>();
    final Map<String, List<Object>> ties = new LinkedHashMap<>();
    final Map<String, List<Object>> broken = new LinkedHashMap<>();

    private void add(List<Proposal> proposals, List<Object> facts, BigInteger states) {
      if (proposals.isEmpty()) {
        undecided = undecided.add(states);
        undecidedExample = undecidedExample == null ? facts : undecidedExample;
        return;
      }
      Proposal winner = proposals.getFirst();
      won.add(winner.rule());
      verbs.add(winner.verdict().verb());
      if (facts.stream()
          .anyMatch(f -> f instanceof Metric m && m.outcome() == Metric.Outcome.NO_DATA)) {
        verbsWithoutData.add(winner.verdict().verb());
      }
      for (Proposal p : proposals) {
        fired.add(p.rule());
        if (p != winner) {
          outranked.putIfAbsent(p.rule(), winner.rule());
          tie(winner, p, facts);
        }
      }
    }

    private void tie(Proposal winner, Proposal p, List<Object> facts) {
      boolean same =
          p.verdict().caution() == winner.verdict().caution()
              && p.verdict().boldness() == winner.verdict().boldness();
      if (same && !p.verdict().verb().equals(winner.verdict().verb())) {
        ties.putIfAbsent(winner.rule() + "\n" + p.rule(), facts);
      } else if (same) {
        won.add(p.rule());
      }
    }
  }
}
