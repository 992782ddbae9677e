package io.serin.policy.check;

import io.serin.policy.Interpreter;
import io.serin.policy.PolicySource;
import io.serin.policy.Proposal;
import io.serin.policy.profile.Rule;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Why rules that never decide do not: their conditions never hold, or others always win. */
final class Rivals {

  private final PolicySource source;
  private final List<Rule> all;
  private final States states;

  Rivals(PolicySource source, List<Rule> all, States states) {
    this.source = source;
    this.all = all;
    this.states = states;
  }

  /** What to say of the rules that are {@code wanted} and never decide, as half a sentence. */
  String of(Predicate<Rule> wanted) {
    Predicate<Rule> asking = Rule::asks;
    // Beside what the policy builds on, so that the state is one in which its own rules matter.
    Predicate<Rule> base = r -> !source.isOwn(r.file());
    List<Object> facts = example(sweep(asking.or(base).or(wanted)), wanted);
    if (facts == null) {
      SweepResult alone = sweep(asking.or(wanted));
      facts = example(alone, wanted);
      if (facts == null) {
        return "its conditions never hold together"
            + (alone.cut ? ", or something more careful always wins" : "");
      }
    }
    Proposal winner = new Interpreter(all).propose(facts).getFirst();
    return "something more careful always wins, for example '%s' says %s with %s"
        .formatted(
            winner.rule(),
            winner.verdict().verb(),
            Example.of(facts, all.stream().filter(wanted).toList()));
  }

  private SweepResult sweep(Predicate<Rule> which) {
    return new Sweep(all.stream().filter(which).toList(), states, List.of()).run();
  }

  private @Nullable List<Object> example(SweepResult swept, Predicate<Rule> wanted) {
    return all.stream()
        .filter(wanted)
        .map(rule -> swept.examples.get(rule.name()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
