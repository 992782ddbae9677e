package io.serin.policy;

import java.util.List;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/** Tells the verbs which rule speaks, because of which facts, and counts what it costs. */
final class FiringListener extends DefaultAgendaEventListener {

  private final Decide decide;
  private final Limits.Budget budget;

  FiringListener(Decide decide, Limits.Budget budget) {
    this.decide = decide;
    this.budget = budget;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    budget.firing();
    var match = event.getMatch();
    decide.firing(match.getRule().getName(), List.copyOf(match.getObjects()));
  }
}
