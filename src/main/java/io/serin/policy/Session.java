package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * One working memory and the verbs that its rules speak to; serves one decision after the other,
 * each on one thread. What was inserted for a decision is deleted at its end.
 *
 * <p>Though one thread uses it at a time, it is a thread-safe session of the engine: sessions made
 * with {@code ThreadSafeOption.NO} miss matches now and then while others of the same rules are
 * active (Drools 10.2).
 */
final class Session implements AutoCloseable {

  private final KieSession session;
  private final Decide decide = new Decide();
  private final FiringListener listener = new FiringListener(decide);
  private final Combinations combinations;
  private final Consumer<Session> home;
  private final List<Object> facts = new ArrayList<>();
  private final List<FactHandle> handles = new ArrayList<>();
  private boolean whole;

  /**
   * A new session.
   *
   * @param home takes it back after a decision that did not fail
   */
  Session(KieBase base, Combinations combinations, Consumer<Session> home) {
    this.combinations = combinations;
    this.home = home;
    session = base.newKieSession();
    session.setGlobal("decide", decide);
    session.addEventListener(listener);
  }

  void begin(Limits.Budget budget, boolean traced) {
    whole = false;
    decide.clear();
    listener.begin(budget, traced);
    put(new Network.Tick());
  }

  void insert(Object fact) {
    listener.budget().fact();
    put(fact);
  }

  private void put(Object fact) {
    facts.add(fact);
    handles.add(session.insert(fact));
  }

  /** Fires the rules that ask; all that was asked so far. */
  List<Asked> ask() {
    fire(Network.ASKING);
    return decide.asked();
  }

  /** Fires the rules that propose, for which a check is no longer pending once it is measured. */
  List<Proposal> propose(Evidence evidence) {
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i) instanceof Check check) {
        replace(i, Memory.afterwards(check, evidence));
      }
    }
    fire(Network.PROPOSING);
    whole = true;
    return decide.proposals();
  }

  private void replace(int at, Object fact) {
    if (!fact.equals(facts.get(at))) {
      facts.set(at, fact);
      session.update(handles.get(at), fact);
    }
  }

  private void fire(String group) {
    Limits.Budget budget = listener.budget();
    budget.combinations(combinations, facts);
    budget.resume();
    session.getAgenda().getAgendaGroup(group).setFocus();
    session.fireAllRules();
    budget.pause();
  }

  /** Goes back home, or for good when the decision failed. */
  @Override
  public void close() {
    if (whole) {
      handles.forEach(session::delete);
      handles.clear();
      facts.clear();
      home.accept(this);
    } else {
      session.dispose();
    }
  }
}
