package io.serin.policy.check;

import io.serin.policy.profile.Evaluator;
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

/**
 * Decides every state: each combination of the variants of each group of facts. Variants that no
 * rule left in play can tell apart, and no guard rail either, are decided once and counted as many.
 */
final class Sweep {

  /** States decided before a sweep gives up being exhaustive, and says so. */
  private static final int MOST = 100_000;

  private static final Set<String> RISING =
      Set.of("advance", "iterate", "mirror", "promote", "promoteEarly");

  /** Those that ask are told apart, too: a state in which one still asks is none to decide in. */
  private final List<Rule> rules;

  private final Verdicts verdicts;
  private final List<List<List<Object>>> groups;
  private final SweepResult result = new SweepResult();
  private final Sights sights;
  private final Precedence precedence;
  private final List<Map<BitSet, List<Alike>>> classes = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private final BitSet rising = new BitSet();

  /** Where to turn back for now. */
  private long share = MOST;

  Sweep(List<Rule> all, States states, List<GuardRail> rails) {
    this.rules = List.copyOf(all);
    this.verdicts = new Verdicts(all, rails, result);
    this.groups = states.groups();
    this.sights = new Sights(rules, groups);
    this.precedence = new Precedence(rules, sights, groups.size());
    for (int r = 0; r < rules.size(); r++) {
      rising.set(r, rules.get(r).then().stream().anyMatch(a -> RISING.contains(a.verb().name())));
    }
    groups.forEach(_ -> classes.add(new HashMap<>()));
  }

  SweepResult run() {
    BitSet live = new BitSet();
    live.set(0, rules.size());
    List<Alike> left = inShares(classes(0, live));
    share = MOST;
    left.removeIf(this::rollout);
    result.cut = !left.isEmpty();
    groups.forEach(g -> result.states = result.states.multiply(BigInteger.valueOf(g.size())));
    return result;
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
    tags.add(sights.tag(group, alike.variant));
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
        live.intersects(sights.joined()) ? joins : List.of());
  }

  /** The variants of a group, those together that nothing in play can tell apart. */
  private List<Alike> classes(int group, BitSet live) {
    return classes.get(group).computeIfAbsent(live, l -> classify(group, l));
  }

  private List<Alike> classify(int group, BitSet live) {
    boolean tagged = live.stream().anyMatch(rising::get);
    Map<List<Object>, Alike> alike = new LinkedHashMap<>();
    for (int v : sights.distinct(group)) {
      BitSet next = (BitSet) live.clone();
      next.and(sights.truth(group, v));
      precedence.prune(next, group);
      Object tag = tagged ? sights.tag(group, v) : 0;
      Object join = sights.joins(group, v, next);
      alike.computeIfAbsent(List.of(next, tag, join), _ -> new Alike(v, next, join));
    }
    return List.copyOf(alike.values());
  }

  /** Variants of a group that are decided alike, and the rules left in play. */
  private record Alike(int variant, BitSet live, Object joins) {}

  private void leaf(BitSet live, List<Object> facts) {
    Evaluator evaluator = null;
    List<Rule> firing = new ArrayList<>();
    for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
      if (sights.joined().get(r)) {
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
