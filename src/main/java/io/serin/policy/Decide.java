package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The verbs of the right-hand sides: {@code decide.<verb>(…)} is all that a rule can do. Three
 * verbs ask for evidence, the others propose a verdict. One instance serves one session.
 */
public final class Decide {

  private final List<Asked> asked = new ArrayList<>();
  private final List<Proposal> proposals = new ArrayList<>();
  private String rule = "";
  private Supplier<List<Object>> because = List::of;

  Decide() {}

  /** Begins with another decision. */
  void clear() {
    asked.clear();
    proposals.clear();
  }

  /** That rule speaks next; because of which facts is looked at only where it proposes. */
  void firing(String nextRule, Supplier<List<Object>> facts) {
    rule = nextRule;
    because = facts;
  }

  List<Asked> asked() {
    return asked;
  }

  List<Proposal> proposals() {
    return proposals;
  }

  /** Asks for the answer of a webhook. */
  public void call(Hook hook) {
    asked.add(new Asked(rule, new Ask.Call(hook)));
  }

  /** Asks for the measurement of a check. */
  public void measure(Check check) {
    asked.add(new Asked(rule, new Ask.Measure(check)));
  }

  /** Asks whether the metric providers of the canary can be reached. */
  public void probe() {
    asked.add(new Asked(rule, new Ask.ProbeProviders()));
  }

  /** Proposes {@link Verdict.Terminate}. */
  public void terminate(String reason) {
    propose(new Verdict.Terminate(reason));
  }

  /** Proposes {@link Verdict.Release}. */
  public void release(String reason) {
    propose(new Verdict.Release(reason));
  }

  /** Proposes {@link Verdict.Suspend}. */
  public void suspend(String reason) {
    propose(new Verdict.Suspend(reason));
  }

  /** Proposes {@link Verdict.Rollback}. */
  public void rollback(String reason) {
    propose(new Verdict.Rollback(reason));
  }

  /** Proposes {@link Verdict.Strand}. */
  public void strand(String reason) {
    propose(new Verdict.Strand(reason));
  }

  /** Proposes {@link Verdict.Abandon}. */
  public void abandon(String reason) {
    propose(new Verdict.Abandon(reason));
  }

  /** Proposes {@link Verdict.Cancel}. */
  public void cancel(String reason) {
    propose(new Verdict.Cancel(reason));
  }

  /** Proposes {@link Verdict.Restart}. */
  public void restart(String reason) {
    propose(new Verdict.Restart(reason));
  }

  /** Proposes {@link Verdict.Freeze}. */
  public void freeze(String reason) {
    propose(new Verdict.Freeze(reason));
  }

  /** Proposes {@link Verdict.Halt}. */
  public void halt(String reason) {
    propose(new Verdict.Halt(reason));
  }

  /** Proposes {@link Verdict.Hold}. */
  public void hold(String reason) {
    propose(new Verdict.Hold(reason));
  }

  /** Proposes {@link Verdict.Await} for a closed gate. */
  public void await(Gate gate, String reason) {
    propose(new Verdict.Await(gate, reason));
  }

  /** Proposes {@link Verdict.Rebaseline}. */
  public void rebaseline(String reason) {
    propose(new Verdict.Rebaseline(reason));
  }

  /** Proposes {@link Verdict.Accept}. */
  public void accept(String reason) {
    propose(new Verdict.Accept(reason));
  }

  /** Proposes {@link Verdict.Initialise}. */
  public void initialise(String reason) {
    propose(new Verdict.Initialise(reason));
  }

  /** Proposes {@link Verdict.Start}. */
  public void start(String reason) {
    propose(new Verdict.Start(reason));
  }

  /** Proposes {@link Verdict.Mirror}. */
  public void mirror(String reason) {
    propose(new Verdict.Mirror(reason));
  }

  /** Proposes {@link Verdict.Iterate}. */
  public void iterate(int iteration, String reason) {
    propose(new Verdict.Iterate(iteration, reason));
  }

  /** Proposes {@link Verdict.Advance} to a weight in percent. */
  public void advance(int weight, String reason) {
    propose(new Verdict.Advance(weight, reason));
  }

  /** Proposes {@link Verdict.Promote}. */
  public void promote(String reason) {
    propose(new Verdict.Promote(reason));
  }

  /** Proposes {@link Verdict.PromoteEarly}. */
  public void promoteEarly(String reason) {
    propose(new Verdict.PromoteEarly(reason));
  }

  /** Proposes {@link Verdict.PromoteUnanalysed}. */
  public void promoteUnanalysed(String reason) {
    propose(new Verdict.PromoteUnanalysed(reason));
  }

  /** Proposes {@link Verdict.Shift} of the canary's weight, in percent. */
  public void shift(int weight, String reason) {
    propose(new Verdict.Shift(weight, reason));
  }

  /** Proposes {@link Verdict.Finalise}. */
  public void finalise(String reason) {
    propose(new Verdict.Finalise(reason));
  }

  /** Proposes {@link Verdict.Succeed}. */
  public void succeed(String reason) {
    propose(new Verdict.Succeed(reason));
  }

  /** Proposes {@link Verdict.Settle}. */
  public void settle(String reason) {
    propose(new Verdict.Settle(reason));
  }

  /** Proposes {@link Verdict.Idle}. */
  public void idle(String reason) {
    propose(new Verdict.Idle(reason));
  }

  private void propose(Verdict verdict) {
    proposals.add(new Proposal(rule, verdict, because.get()));
  }
}
