package io.serin.policy.check;

import io.serin.fact.Metric;
import io.serin.policy.Proposal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
