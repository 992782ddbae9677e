package io.serin.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many combinations of facts the rules of a policy may have to try, at the very worst: between
 * two firings nothing else bounds their time. Counted from what the rules join, before they fire.
 */
final class Combinations {

  private final List<Way> ways = new ArrayList<>();
  private final long pairs;
  private final long larger;

  /** A way through the conditions of a rule that joins facts of these kinds. */
  private record Way(String rule, List<String> kinds) {

    long of(Map<String, Long> facts) {
      long product = 1;
      for (String kind : kinds) {
        product *= facts.getOrDefault(kind, 0L);
      }
      return product;
    }

    String words(Map<String, Long> facts) {
      return kinds.stream()
          .map(kind -> facts.getOrDefault(kind, 0L) + " " + kind)
          .collect(Collectors.joining(" x ", "'" + rule + "' joins ", ""));
    }
  }

  Combinations(List<RuleInfo> rules) {
    for (RuleInfo rule : rules) {
      rule.joined().forEach(kinds -> ways.add(new Way(rule.name(), kinds)));
    }
    pairs = ways.stream().filter(way -> way.kinds.size() == 2).count();
    larger = ways.size() - pairs;
  }

  /**
   * Whether so many facts, whatever their kinds, need no more: nearly always, and costs nothing.
   */
  boolean atMost(long most, long facts) {
    return pairs * facts * facts + larger * facts * facts * facts <= most;
  }

  /**
   * Makes sure that the rules try no more combinations than that.
   *
   * @throws IllegalStateException when they may have to; says which rule is the worst
   */
  void check(Collection<?> facts, long most) {
    Map<String, Long> kinds =
        facts.stream()
            .map(fact -> fact.getClass().getSimpleName())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long all = ways.stream().mapToLong(way -> way.of(kinds)).sum();
    if (all > most) {
      Way worst = ways.stream().max(Comparator.comparingLong(way -> way.of(kinds))).orElseThrow();
      throw new IllegalStateException(
          "the rules may have to try %d combinations of facts in one tick, %d are allowed; %s"
              .formatted(all, most, worst.words(kinds)));
    }
  }
}
