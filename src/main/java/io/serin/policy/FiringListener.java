package io.serin.policy;

import java.util.ArrayList;
import java.util.List;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.rule.Match;

/** Tells the verbs which rule speaks, because of which facts, and counts what it costs. */
final class FiringListener extends DefaultAgendaEventListener {

  private final Decide decide;
  private Limits.Budget budget = Limits.DEFAULT.budget();
  private boolean traced;

  FiringListener(Decide decide) {
    this.decide = decide;
  }

  /** Begins with another decision. */
  void begin(Limits.Budget nextBudget, boolean nextTraced) {
    budget = nextBudget;
    traced = nextTraced;
  }

  Limits.Budget budget() {
    return budget;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    budget.firing();
    Match match = event.getMatch();
    decide.firing(match.getRule().getName(), traced ? () -> facts(match) : List::of);
  }

  private static List<Object> facts(Match match) {
    List<Object> facts = new ArrayList<>(match.getObjects());
    facts.removeIf(Network.Tick.class::isInstance);
    return facts;
  }
}
