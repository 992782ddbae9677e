package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ThreadSafeOption;
import org.kie.api.runtime.rule.FactHandle;

/**
 * One working memory and the verbs that its rules speak to; serves one decision after the other,
 * each on one thread. What was inserted for a decision is deleted at its end.
 */
final class Session implements AutoCloseable {

  private final KieSession session;
  private final Decide decide = new Decide();
  private final FiringListener listener = new FiringListener(decide);
  private final Consumer<Session> home;
  private final List<Inserted> inserted = new ArrayList<>();
  private boolean whole;

  private record Inserted(Object fact, FactHandle handle) {}

  /**
   * A new session.
   *
   * @param home takes it back after a decision that did not fail
   */
  Session(KieBase base, Consumer<Session> home) {
    this.home = home;
    KieSessionConfiguration configuration =
        org.kie.api.KieServices.get().newKieSessionConfiguration();
    configuration.setOption(ThreadSafeOption.NO);
    session = base.newKieSession(configuration, null);
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
    inserted.add(new Inserted(fact, session.insert(fact)));
  }

  /** Fires the rules that ask; all that was asked so far. */
  List<Asked> ask() {
    fire();
    return decide.asked();
  }

  /** Fires the rules that propose, for which a check is no longer pending once it is measured. */
  List<Proposal> propose(Evidence evidence) {
    for (int i = 0; i < inserted.size(); i++) {
      Inserted one = inserted.get(i);
      if (one.fact instanceof Check check) {
        Check now = Memory.afterwards(check, evidence);
        if (!now.equals(check)) {
          session.delete(one.handle);
          inserted.set(i, new Inserted(now, session.insert(now)));
        }
      }
    }
    session.getAgenda().getAgendaGroup(Network.PROPOSING).setFocus();
    fire();
    whole = true;
    return decide.proposals();
  }

  private void fire() {
    listener.budget().resume();
    session.fireAllRules();
    listener.budget().pause();
  }

  /** Goes back home, or for good when the decision failed. */
  @Override
  public void close() {
    if (whole) {
      inserted.forEach(one -> session.delete(one.handle));
      inserted.clear();
      home.accept(this);
    } else {
      session.dispose();
    }
  }
}
