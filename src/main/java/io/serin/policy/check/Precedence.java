package io.serin.policy.check;

import io.serin.fact.Caution;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Vocabulary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which rules can still win: while one fires for certain, none that is less careful. */
final class Precedence {

  private final List<Rule> rules;

  /** By caution the rules that are no less careful. */
  private final Map<Caution, BitSet> upTo = new EnumMap<>(Caution.class);

  /** By group and caution the rules that fire for certain when they are left after the group. */
  private final List<Map<Caution, BitSet>> certain = new ArrayList<>();

  Precedence(List<Rule> rules, Sights sights, int groups) {
    this.rules = rules;
    for (Caution caution : Caution.values()) {
      upTo.put(caution, which(r -> caution(r).compareTo(caution) <= 0));
    }
    for (int g = 0; g < groups; g++) {
      certain.add(certain(g, sights));
    }
  }

  /** Takes out what cannot win any more: a rule that fires for certain is more careful. */
  void prune(BitSet live, int group) {
    for (Caution caution : Caution.values()) {
      if (live.intersects(certain.get(group).get(caution))) {
        live.and(upTo.get(caution));
        return;
      }
    }
  }

  private BitSet which(IntPredicate wanted) {
    BitSet which = new BitSet();
    IntStream.range(0, rules.size()).filter(wanted).forEach(which::set);
    return which;
  }

  private Caution caution(int rule) {
    return rules.get(rule).then().stream()
        .map(a -> Vocabulary.caution(a.verb()))
        .min(Comparator.naturalOrder())
        .orElse(Caution.IDLE);
  }

  private Map<Caution, BitSet> certain(int group, Sights sights) {
    Map<Caution, BitSet> certain = new EnumMap<>(Caution.class);
    for (Caution caution : Caution.values()) {
      certain.put(caution, which(r -> sights.decided(r, group) && caution(r) == caution));
    }
    return certain;
  }
}
