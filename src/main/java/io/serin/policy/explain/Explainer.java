package io.serin.policy.explain;

import io.serin.fact.Caution;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.policy.Ask;
import io.serin.policy.Asked;
import io.serin.policy.Decision;
import io.serin.policy.Memory;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import io.serin.policy.Proposal;
import io.serin.policy.profile.Action;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains the decisions of one policy, live ones and recorded ones alike: all it needs are the
 * facts, the evidence and the decision. Thread-safe.
 */
public final class Explainer {

  private static final int MOST_MISSES = 12;

  private final List<Rule> rules;
  private final Map<String, Rule> byName;

  private Explainer(List<Rule> rules) {
    this.rules = rules;
    this.byName =
        rules.stream().collect(Collectors.toMap(Rule::name, Function.identity(), (a, _) -> a));
  }

  /** For the decisions of that policy; reads its source once. */
  public static Explainer of(Policy policy) {
    return new Explainer(
        policy.parts().stream()
            .flatMap(part -> Profile.read(part.source()).rules().stream())
            .toList());
  }

  /** For the decisions of the policy with that source. */
  public static Explainer of(PolicySource source) {
    return new Explainer(Profile.read(source).rules());
  }

  /** Explains a decision that was taken over these facts with this evidence. */
  public Explanation explain(Facts facts, Evidence evidence, Decision decision) {
    Evaluator evaluator = new Evaluator(Memory.proposing(facts, evidence));
    Proposal winner = decision.winner();
    Rule rule = byName.get(winner.rule());
    return new Explanation(
        winner.verdict().verb(),
        winner.verdict().reason(),
        winner.rule(),
        rule == null ? "" : where(rule),
        seen(rule, winner, evaluator),
        decision.proposals().stream().skip(1).map(Explainer::loser).toList(),
        decision.asked().stream().map(Explainer::asked).distinct().toList(),
        misses(evaluator, winner),
        decision.policy(),
        decision.trouble());
  }

  private static String where(Rule rule) {
    return rule.file() + ":" + rule.line();
  }

  private static List<Explanation.SeenFact> seen(
      @Nullable Rule rule, Proposal winner, Evaluator evaluator) {
    if (rule == null) {
      return List.of();
    }
    List<Object> facts = new ArrayList<>(winner.because());
    Set<Attribute> read = Reads.of(rule);
    if (facts.isEmpty()) {
      read.stream()
          .map(Attribute::owner)
          .distinct()
          .forEach(owner -> facts.addAll(evaluator.facts(owner)));
    }
    return facts.stream().distinct().map(f -> seen(f, read)).toList();
  }

  private static Explanation.SeenFact seen(Object fact, Set<Attribute> read) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Attribute a : Vocabulary.attributes(fact.getClass()).values()) {
      if (read.contains(a) || a.name().equals("name")) {
        values.put(a.name(), String.valueOf(a.of(fact)));
      }
    }
    return new Explanation.SeenFact(fact.getClass().getSimpleName(), values);
  }

  private static Explanation.Loser loser(Proposal p) {
    return new Explanation.Loser(
        p.rule(),
        p.verdict().verb(),
        p.verdict().reason(),
        p.verdict().caution().name().toLowerCase(Locale.ROOT));
  }

  private static String asked(Asked asked) {
    return switch (asked.ask()) {
      case Ask.Call c -> "hook " + c.hook().name();
      case Ask.Measure m -> "check " + m.check().name();
      case Ask.ProbeProviders p -> "metric providers";
    };
  }

  private List<Explanation.NearMiss> misses(Evaluator evaluator, Proposal winner) {
    Misses misses = new Misses(evaluator);
    List<Explanation.NearMiss> found = new ArrayList<>();
    for (Rule rule : rules) {
      String missing = rule.asks() ? null : misses.of(rule);
      if (missing != null) {
        boolean wins = careful(rule).compareTo(winner.verdict().caution()) <= 0;
        found.add(
            new Explanation.NearMiss(
                rule.name(), rule.then().getFirst().verb().name(), missing, where(rule), wins));
      }
    }
    found.sort(Comparator.comparing(m -> !m.wouldWin()));
    return found.subList(0, Math.min(MOST_MISSES, found.size()));
  }

  private static Caution careful(Rule rule) {
    return rule.then().stream()
        .map(Action::verb)
        .map(Vocabulary::caution)
        .min(Comparator.naturalOrder())
        .orElse(Caution.IDLE);
  }
}
