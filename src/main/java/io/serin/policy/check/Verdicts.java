package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Probe;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import io.serin.policy.Ask;
import io.serin.policy.Interpreter;
import io.serin.policy.Proposal;
import io.serin.policy.profile.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy decides in a state, held against the guard rails and noted down. */
final class Verdicts {

  private final Interpreter asking;
  private final List<GuardRail> rails;
  private final SweepResult result;

  /**
   * @param all the policy; of its rules those that ask say where nothing is decided yet
   * @param result where it is noted
   */
  Verdicts(List<Rule> all, List<GuardRail> rails, SweepResult result) {
    this.asking = new Interpreter(all.stream().filter(Rule::asks).toList());
    this.rails = rails;
    this.result = result;
  }

  /** Decides by the rules that fire over these facts. */
  void decide(List<Rule> firing, List<Object> facts) {
    result.decided++;
    List<Proposal> proposals = new Interpreter(firing).propose(facts);
    if (proposals.isEmpty() && stillAsks(facts)) {
      return;
    }
    result.add(proposals, facts);
    if (!proposals.isEmpty()) {
      rails(proposals.getFirst(), facts);
    }
  }

  /** Some rule asks for what has no answer here, so a policy never decides over these facts. */
  private boolean stillAsks(List<Object> facts) {
    Evidence evidence = evidence(facts);
    return asking.ask(facts).stream().anyMatch(asked -> !answered(asked.ask(), evidence));
  }

  private static boolean answered(Ask ask, Evidence evidence) {
    return switch (ask) {
      case Ask.Call(Hook hook) ->
          evidence.gates().stream().anyMatch(g -> g.order() == hook.order());
      case Ask.Measure(Check check) -> evidence.measured(check);
      case Ask.ProbeProviders _ -> evidence.probe() != null;
    };
  }

  private void rails(Proposal winner, List<Object> all) {
    Facts facts = facts(all);
    Evidence evidence = evidence(all);
    for (GuardRail rail : rails) {
      String broken = rail.broken(facts, evidence, winner.verdict());
      if (broken != null && !stillAsks(all)) {
        result.broken.putIfAbsent(winner.rule() + "\n" + broken, all);
      }
    }
  }

  private static Facts facts(List<Object> all) {
    return new Facts(
        of(all, Rollout.class).getFirst(),
        first(of(all, Revision.class)),
        of(all, Workload.class),
        first(of(all, Traffic.class)),
        of(all, Hook.class),
        of(all, Check.class),
        of(all, Intervention.class),
        of(all, Problem.class),
        of(all, Moment.class).getFirst(),
        Surrounds.of(all));
  }

  private static Evidence evidence(List<Object> all) {
    return new Evidence(of(all, Gate.class), of(all, Metric.class), first(of(all, Probe.class)));
  }

  private static <T> List<T> of(List<Object> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static <T> @Nullable T first(List<T> all) {
    return all.isEmpty() ? null : all.getFirst();
  }
}
