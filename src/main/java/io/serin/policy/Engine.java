package io.serin.policy;

import io.serin.fact.Facts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.kie.api.KieBase;

/**
 * The rules of a policy, ready to fire. Thread-safe: each decision has a session of its own, which
 * is used again afterwards, because making or resetting one costs more than the decision.
 */
final class Engine {

  /**
   * Sessions that are kept while nobody decides, with some 80 kB each. A thousand rollouts that
   * begin at once need a thousand for a moment; afterwards a few do.
   */
  static final int MOST_IDLE = 32;

  private final KieBase base;
  private final Set<Class<?>> kinds;
  private final Combinations combinations;
  private final BlockingDeque<Session> idle = new LinkedBlockingDeque<>(MOST_IDLE);

  Engine(KieBase base, List<RuleInfo> rules) {
    this.base = base;
    this.kinds = Network.kinds(base);
    this.combinations = new Combinations(rules);
  }

  /** A session that sees these facts and no evidence; to be closed. */
  Session open(Limits.Budget budget, boolean traced, Facts facts) {
    Session used = idle.pollFirst();
    Session session =
        used != null ? used : new Session(base, kinds, combinations, idle::offerFirst);
    session.begin(budget, traced, facts);
    return session;
  }

  /** Sessions that exist, at work or idle. */
  int sessions() {
    return base.getKieSessions().size();
  }
}
