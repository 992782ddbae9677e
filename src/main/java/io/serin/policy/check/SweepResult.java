package io.serin.policy.check;

import io.serin.fact.Metric;
import io.serin.policy.Proposal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the sweep saw. */
final class SweepResult {
  BigInteger states = BigInteger.ONE;
  long decided;
  boolean cut;
  @Nullable List<Object> undecidedExample;
  final Set<String> won = new HashSet<>();

  /** By rule, the first state in which it won. */
  final Map<String, List<Object>> examples = new LinkedHashMap<>();

  /** By rule that decided something, the rules that said the same wherever it did. */
  final Map<String, Set<String>> echoes = new HashMap<>();

  final Set<String> verbs = new HashSet<>();
  final Set<String> verbsWithoutData = new HashSet<>();
  final Map<String, List<Object>> ties = new LinkedHashMap<>();
  final Map<String, List<Object>> broken = new LinkedHashMap<>();

  void add(List<Proposal> proposals, List<Object> facts) {
    if (proposals.isEmpty()) {
      undecidedExample = undecidedExample == null ? facts : undecidedExample;
      return;
    }
    Proposal winner = proposals.getFirst();
    won.add(winner.rule());
    examples.putIfAbsent(winner.rule(), facts);
    verbs.add(winner.verdict().verb());
    if (facts.stream()
        .anyMatch(f -> f instanceof Metric m && m.outcome() == Metric.Outcome.NO_DATA)) {
      verbsWithoutData.add(winner.verdict().verb());
    }
    proposals.stream().skip(1).forEach(p -> tie(winner, p, facts));
    echoes(proposals.stream().filter(p -> same(p, winner)).map(Proposal::rule).toList());
  }

  private void echoes(List<String> agreeing) {
    for (String rule : agreeing) {
      echoes.computeIfAbsent(rule, _ -> new TreeSet<>(agreeing)).retainAll(agreeing);
      echoes.get(rule).remove(rule);
    }
  }

  private void tie(Proposal winner, Proposal p, List<Object> facts) {
    if (same(p, winner)) {
      won.add(p.rule());
    } else if (level(p, winner)) {
      ties.putIfAbsent(winner.rule() + "\n" + p.rule(), facts);
    }
  }

  private static boolean same(Proposal one, Proposal other) {
    return level(one, other) && one.verdict().verb().equals(other.verdict().verb());
  }

  private static boolean level(Proposal one, Proposal other) {
    return one.verdict().caution() == other.verdict().caution()
        && one.verdict().boldness() == other.verdict().boldness();
  }
}
