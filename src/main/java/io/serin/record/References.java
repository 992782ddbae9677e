package io.serin.record;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Surroundings;
import io.serin.policy.Proposal;
import io.serin.rollout.TickRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Short names for the facts of a tick, such as {@code rollout} or {@code metrics/0}, so that the
 * facts that made a rule fire need not be written once more with every proposal.
 */
final class References {

  private final Map<String, Object> facts = new HashMap<>();
  private final Map<Object, String> names = new HashMap<>();
  private final Map<Object, String> same = new IdentityHashMap<>();

  private References(Facts facts, Evidence evidence) {
    add("rollout", facts.rollout());
    one("revision", facts.revision());
    addAll("workloads", facts.workloads());
    one("traffic", facts.traffic());
    addAll("hooks", facts.hooks());
    addAll("checks", facts.checks().stream().map(c -> afterwards(c, evidence)).toList());
    addAll("interventions", facts.interventions());
    addAll("problems", facts.problems());
    add("moment", facts.moment());
    surroundings(facts.surroundings());
    addAll("gates", evidence.gates());
    addAll("metrics", evidence.metrics());
    one("probe", evidence.probe());
  }

  private void surroundings(Surroundings around) {
    addAll("freezes", around.freezes());
    one("fleet", around.fleet());
    addAll("dependencies", around.dependencies());
    one("capacity", around.capacity());
    addAll("trends", around.trends());
    one("streak", around.streak());
    one("priorRun", around.priorRun());
    addAll("settings", around.settings());
  }

  private void one(String name, @Nullable Object fact) {
    if (fact != null) {
      add(name, fact);
    }
  }

  /** The record with names in place of facts. */
  static TickRecord shorten(TickRecord tick) {
    References references = new References(tick.facts(), tick.evidence());
    return tick.withProposals(tick.proposals().stream().map(references::shorten).toList());
  }

  /** The record with facts in place of names. */
  static TickRecord resolve(TickRecord tick) {
    References references = new References(tick.facts(), tick.evidence());
    return tick.withProposals(tick.proposals().stream().map(references::resolve).toList());
  }

  private Proposal shorten(Proposal proposal) {
    List<Object> because = new ArrayList<>();
    for (Object fact : proposal.because()) {
      because.add(nameOf(fact));
    }
    return new Proposal(proposal.rule(), proposal.verdict(), because);
  }

  private Object nameOf(Object fact) {
    String name = same.getOrDefault(fact, names.get(fact));
    if (name != null) {
      return name;
    }
    return fact instanceof Number || fact instanceof Boolean ? fact : String.valueOf(fact);
  }

  private Proposal resolve(Proposal proposal) {
    List<Object> because = new ArrayList<>();
    for (Object name : proposal.because()) {
      because.add(facts.getOrDefault(String.valueOf(name), name));
    }
    return new Proposal(proposal.rule(), proposal.verdict(), because);
  }

  private void addAll(String list, List<?> all) {
    for (int i = 0; i < all.size(); i++) {
      add(list + "/" + i, all.get(i));
    }
  }

  private void add(String name, Object fact) {
    facts.put(name, fact);
    names.putIfAbsent(fact, name);
    same.putIfAbsent(fact, name);
  }

  /** The rules that propose see a check as it is after the measurements. */
  private static Check afterwards(Check check, Evidence evidence) {
    return new Check(check.name(), check.order(), !evidence.measured(check));
  }
}
