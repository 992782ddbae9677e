package io.serin.policy.testing;

import io.serin.policy.profile.Atom;
import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a set of tests exercised: which rules fired, and which conditions were seen both true and
 * false. A condition that compares a fact with constants is looked at for every such fact; one that
 * compares it with another fact, for every combination in which the facts before it match.
 */
public final class Coverage {

  private final List<Rule> rules;
  private final Map<String, List<Atom>> atoms = new LinkedHashMap<>();
  private final Set<String> fired = new HashSet<>();
  private final Map<String, Set<Integer>> seenTrue = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> seenFalse = new LinkedHashMap<>();

  /** Of these rules, nothing seen yet. */
  public Coverage(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Rule rule : rules) {
      atoms.put(rule.name(), Atom.of(rule));
      seenTrue.put(rule.name(), new HashSet<>());
      seenFalse.put(rule.name(), new HashSet<>());
    }
  }

  /** A rule fired. */
  void fired(String rule) {
    fired.add(rule);
  }

  /**
   * Rules looked at a working memory.
   *
   * @param asking the rules that ask; otherwise those that propose
   */
  void looked(Collection<?> facts, boolean asking) {
    Evaluator evaluator = new Evaluator(facts);
    for (Rule rule : rules) {
      if (rule.asks() == asking) {
        plain(rule, evaluator);
        new Walk(rule.name(), evaluator).conditions(rule.when(), Map.of());
      }
    }
  }

  /** What was covered. */
  public Report report() {
    List<Report.OfRule> all = new ArrayList<>();
    for (Rule rule : rules) {
      List<Report.OfCondition> conditions = new ArrayList<>();
      List<Atom> own = atoms.getOrDefault(rule.name(), List.of());
      for (int i = 0; i < own.size(); i++) {
        conditions.add(
            new Report.OfCondition(
                own.get(i).text(),
                own.get(i).line(),
                has(seenTrue, rule.name(), i),
                has(seenFalse, rule.name(), i)));
      }
      all.add(
          new Report.OfRule(
              rule.name(), rule.file(), rule.line(), fired.contains(rule.name()), conditions));
    }
    return new Report(all);
  }

  private void plain(Rule rule, Evaluator evaluator) {
    List<Atom> own = atoms.getOrDefault(rule.name(), List.of());
    for (int i = 0; i < own.size(); i++) {
      Atom atom = own.get(i);
      Pattern pattern = atom.pattern();
      Expr test = atom.test();
      if (pattern == null || atom.joins()) {
        continue;
      }
      if (test == null) {
        see(rule.name(), i, !evaluator.facts(pattern.fact()).isEmpty());
        continue;
      }
      for (Object fact : evaluator.facts(pattern.fact())) {
        see(rule.name(), i, Evaluator.truth(test, fact, Map.of()));
      }
    }
  }

  private void see(String rule, int atom, boolean truth) {
    (truth ? seenTrue : seenFalse).computeIfAbsent(rule, r -> new HashSet<>()).add(atom);
  }

  private static boolean has(Map<String, Set<Integer>> seen, String rule, int atom) {
    return seen.getOrDefault(rule, Set.of()).contains(atom);
  }

  /** Goes through the combinations of facts that match so far, and looks at what compares them. */
  private final class Walk {

    private final String rule;
    private final Evaluator evaluator;
    private final List<Atom> own;

    Walk(String rule, Evaluator evaluator) {
      this.rule = rule;
      this.evaluator = evaluator;
      this.own = atoms.getOrDefault(rule, List.of());
    }

    private List<Map<String, Object>> conditions(
        List<Condition> conditions, Map<String, Object> bound) {
      List<Map<String, Object>> reached = List.of(bound);
      for (Condition condition : conditions) {
        List<Map<String, Object>> next = new ArrayList<>();
        reached.forEach(b -> next.addAll(condition(condition, b)));
        reached = next;
      }
      return reached;
    }

    private List<Map<String, Object>> condition(Condition c, Map<String, Object> bound) {
      return switch (c) {
        case Condition.Match x -> pattern(x.pattern(), bound);
        case Condition.Both x -> conditions(x.parts(), bound);
        case Condition.Either x -> {
          x.parts().forEach(p -> conditions(List.of(p), bound));
          yield evaluator.any(List.of(x), bound) ? List.of(bound) : List.of();
        }
        case Condition.None x -> {
          conditions(List.of(x.inner()), bound);
          yield evaluator.any(List.of(x), bound) ? List.of(bound) : List.of();
        }
        case Condition.Some x -> {
          conditions(List.of(x.inner()), bound);
          yield evaluator.any(List.of(x), bound) ? List.of(bound) : List.of();
        }
        case Condition.Every x -> {
          List<Condition> all = new ArrayList<>(List.of(new Condition.Match(x.base())));
          x.rest().forEach(p -> all.add(new Condition.Match(p)));
          conditions(all, bound);
          yield evaluator.any(List.of(x), bound) ? List.of(bound) : List.of();
        }
        case Condition.Accumulated x -> accumulated(x, bound);
      };
    }

    private List<Map<String, Object>> accumulated(
        Condition.Accumulated x, Map<String, Object> bound) {
      pattern(x.source(), bound);
      var unconstrained = new Condition.Accumulated(x.source(), x.functions(), List.of(), x.line());
      List<Map<String, Object>> results = new ArrayList<>();
      for (var found : evaluator.all(List.of(unconstrained))) {
        Map<String, Object> more = new LinkedHashMap<>(bound);
        more.putAll(found);
        for (int i = 0; i < own.size(); i++) {
          Expr test = own.get(i).test();
          if (own.get(i).pattern() == null && test != null) {
            see(rule, i, Evaluator.truth(test, null, more));
          }
        }
        if (x.constraints().stream().allMatch(c -> Evaluator.truth(c.test(), null, more))) {
          results.add(more);
        }
      }
      return results;
    }

    private List<Map<String, Object>> pattern(Pattern pattern, Map<String, Object> bound) {
      List<Map<String, Object>> matched = new ArrayList<>();
      for (Object fact : evaluator.facts(pattern.fact())) {
        Map<String, Object> more = Evaluator.bind(pattern, fact, bound);
        for (int i = 0; i < own.size(); i++) {
          Expr test = own.get(i).test();
          if (pattern.equals(own.get(i).pattern()) && test != null && own.get(i).joins()) {
            see(rule, i, Evaluator.truth(test, fact, more));
          }
        }
        if (Evaluator.holds(pattern, fact, bound)) {
          matched.add(more);
        }
      }
      return matched;
    }
  }

  /**
   * What was covered.
   *
   * @param rules every rule of the policy
   */
  public record Report(List<OfRule> rules) {

    /** Copies the list. */
    public Report {
      rules = List.copyOf(rules);
    }

    /** Percent of rules that fired, 0 to 100. */
    public double rulePercent() {
      return percent(rules.stream().filter(OfRule::fired).count(), rules.size());
    }

    /** Percent of outcomes of conditions that were seen, two for each condition, 0 to 100. */
    public double conditionPercent() {
      long outcomes = 0;
      long seen = 0;
      for (OfRule rule : rules) {
        for (OfCondition c : rule.conditions()) {
          outcomes += 2;
          seen += (c.seenTrue() ? 1 : 0) + (c.seenFalse() ? 1 : 0);
        }
      }
      return percent(seen, outcomes);
    }

    private static double percent(long part, long whole) {
      return whole == 0 ? 100 : 100.0 * part / whole;
    }

    /** Coverage of one rule. */
    public record OfRule(
        String name, String file, int line, boolean fired, List<OfCondition> conditions) {
      /** Copies the list. */
      public OfRule {
        conditions = List.copyOf(conditions);
      }
    }

    /** Coverage of one condition. */
    public record OfCondition(String text, int line, boolean seenTrue, boolean seenFalse) {
      /** Seen with both outcomes. */
      public boolean covered() {
        return seenTrue && seenFalse;
      }
    }
  }
}
