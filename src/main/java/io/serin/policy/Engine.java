package io.serin.policy;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.kie.api.KieBase;

/**
 * The rules of a policy, ready to fire. Thread-safe: each decision has a session of its own, which
 * is used again afterwards, because making or resetting one costs more than the decision.
 */
final class Engine {

  private final KieBase base;
  private final Combinations combinations;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();

  Engine(KieBase base, List<RuleInfo> rules) {
    this.base = base;
    this.combinations = new Combinations(rules);
  }

  /** A session that sees no facts; to be closed. */
  Session open(Limits.Budget budget, boolean traced) {
    Session used = idle.pollFirst();
    Session session = used != null ? used : new Session(base, combinations, idle::addFirst);
    session.begin(budget, traced);
    return session;
  }
}
