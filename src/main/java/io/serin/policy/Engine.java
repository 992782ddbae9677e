package io.serin.policy;

import io.serin.fact.Facts;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.kie.api.KieBase;

/**
 * The rules of a policy, ready to fire. Thread-safe: each decision has a session of its own, which
 * is used again afterwards, because making or resetting one costs more than the decision.
 */
final class Engine {

  private final KieBase base;
  private final Set<Class<?>> kinds;
  private final Combinations combinations;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();

  Engine(KieBase base, List<RuleInfo> rules) {
    this.base = base;
    this.kinds = Network.kinds(base);
    this.combinations = new Combinations(rules);
  }

  /** A session that sees these facts and no evidence; to be closed. */
  Session open(Limits.Budget budget, boolean traced, Facts facts) {
    Session used = idle.pollFirst();
    Session session = used != null ? used : new Session(base, kinds, combinations, idle::addFirst);
    session.begin(budget, traced, facts);
    return session;
  }
}
