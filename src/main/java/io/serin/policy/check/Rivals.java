package io.serin.policy.check;

import io.serin.policy.Interpreter;
import io.serin.policy.Proposal;
import io.serin.policy.profile.Rule;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why rules that never decide do not: their conditions never hold, or others always win. */
final class Rivals {

  private final List<Rule> all;
  private final States states;

  Rivals(List<Rule> all, States states) {
    this.all = all;
    this.states = states;
  }

  /** What to say of the rules that are {@code wanted} and never decide, as half a sentence. */
  String of(Predicate<Rule> wanted) {
    List<Rule> own = all.stream().filter(r -> !r.asks()).filter(wanted).toList();
    List<Rule> alone = Stream.concat(all.stream().filter(Rule::asks), own.stream()).toList();
    SweepResult swept = new Sweep(alone, states, List.of()).run();
    List<Object> facts = swept.wonExample;
    if (facts == null) {
      return swept.cut
          ? "its conditions never hold together, or something more careful always wins"
          : "its conditions never hold together";
    }
    List<Proposal> proposals = new Interpreter(all).propose(facts);
    if (proposals.isEmpty()) {
      return "something more careful always wins";
    }
    Proposal winner = proposals.getFirst();
    return "something more careful always wins, for example '%s' says %s with %s"
        .formatted(winner.rule(), winner.verdict().verb(), Example.of(facts, own));
  }
}
