package io.serin.policy;

import java.util.List;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/** Tells the verbs which rule speaks, and because of which facts. */
final class FiringListener extends DefaultAgendaEventListener {

  private final Decide decide;

  FiringListener(Decide decide) {
    this.decide = decide;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    var match = event.getMatch();
    decide.firing(match.getRule().getName(), List.copyOf(match.getObjects()));
  }
}
