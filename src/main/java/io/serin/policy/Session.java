package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaGroup;
import org.kie.api.runtime.rule.FactHandle;

/**
 * One working memory and the verbs that its rules speak to; serves one decision after the other,
 * each on one thread. Evidence is deleted at the end of its decision. What was observed stays, and
 * the next decision replaces what is no longer so: from one tick of a rollout to the next little
 * changes, and inserting facts is most of the work. So that all rules fire anew all the same, the
 * {@link Network.Tick} and the rollout are never kept.
 *
 * <p>Though one thread uses it at a time, it is a thread-safe session of the engine: sessions made
 * with {@code ThreadSafeOption.NO} miss matches now and then while others of the same rules are
 * active (Drools 10.2).
 */
final class Session implements AutoCloseable {

  private final KieSession session;
  private final AgendaGroup asking;
  private final AgendaGroup proposing;
  private final Decide decide = new Decide();
  private final FiringListener listener = new FiringListener(decide);
  private final Set<Class<?>> kinds;
  private final Combinations combinations;
  private final Predicate<Session> home;
  private final List<Held> memory = new ArrayList<>();
  private int observed;
  private boolean whole;

  private record Held(Object fact, FactHandle handle) {

    /** Whether it can stand for that fact of the next decision. */
    boolean isStill(Object next) {
      return !Network.comesWithEachTick(next.getClass()) && next.equals(fact);
    }
  }

  /**
   * A new session.
   *
   * @param kinds of facts that some rule looks at; others need not be inserted
   * @param home takes it back after a decision that did not fail, if there is room
   */
  Session(KieBase base, Set<Class<?>> kinds, Combinations combinations, Predicate<Session> home) {
    this.kinds = kinds;
    this.combinations = combinations;
    this.home = home;
    session = base.newKieSession();
    asking = session.getAgenda().getAgendaGroup(Network.ASKING);
    proposing = session.getAgenda().getAgendaGroup(Network.PROPOSING);
    session.setGlobal("decide", decide);
    session.addEventListener(listener);
  }

  /** Begins with another decision. */
  void begin(Limits.Budget budget, boolean traced, Facts facts) {
    whole = false;
    decide.clear();
    listener.begin(budget, traced);
    List<Object> seen = new ArrayList<>();
    if (kinds.contains(Network.Tick.class)) {
      seen.add(new Network.Tick());
    }
    for (Object fact : facts.all()) {
      budget.fact();
      if (kinds.contains(fact.getClass())) {
        seen.add(fact);
      }
    }
    observe(seen);
    observed = seen.size();
  }

  // What is gone goes first: the engine would take an object that only moved for one it has.
  private void observe(List<Object> seen) {
    List<@Nullable Held> before = new ArrayList<>(memory);
    for (int at = 0; at < before.size(); at++) {
      Held held = memory.get(at);
      if (at >= seen.size() || !held.isStill(seen.get(at))) {
        session.delete(held.handle);
        before.set(at, null);
      }
    }
    memory.clear();
    for (int at = 0; at < seen.size(); at++) {
      Held kept = at < before.size() ? before.get(at) : null;
      memory.add(kept != null ? kept : insert(seen.get(at)));
    }
  }

  private Held insert(Object fact) {
    return new Held(fact, session.insert(fact));
  }

  /** Adds evidence. */
  void add(Object fact) {
    listener.budget().fact();
    if (kinds.contains(fact.getClass())) {
      memory.add(insert(fact));
    }
  }

  /** Fires the rules that ask; all that was asked so far, the newest last. */
  List<Asked> ask() {
    fire(asking);
    return decide.asked();
  }

  /** Fires the rules that propose, for which a check is no longer pending once it is measured. */
  List<Proposal> propose(Evidence evidence) {
    for (int at = 0; at < observed; at++) {
      if (memory.get(at).fact instanceof Check check) {
        replace(at, Memory.afterwards(check, evidence));
      }
    }
    fire(proposing);
    whole = true;
    return decide.proposals();
  }

  private void replace(int at, Object fact) {
    Held held = memory.get(at);
    if (!fact.equals(held.fact)) {
      session.update(held.handle, fact);
      memory.set(at, new Held(fact, held.handle));
    }
  }

  private void fire(AgendaGroup group) {
    Limits.Budget budget = listener.budget();
    budget.combinations(combinations, memory.size(), this::facts);
    budget.resume();
    group.setFocus();
    session.fireAllRules();
    budget.pause();
  }

  private List<Object> facts() {
    return memory.stream().map(Held::fact).toList();
  }

  /** Goes back home; for good when the decision failed or there is no room. */
  @Override
  public void close() {
    if (!whole) {
      session.dispose();
      return;
    }
    List<Held> evidence = memory.subList(observed, memory.size());
    evidence.forEach(held -> session.delete(held.handle));
    evidence.clear();
    if (!home.test(this)) {
      session.dispose();
    }
  }
}
