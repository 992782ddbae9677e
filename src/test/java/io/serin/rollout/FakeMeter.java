package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import io.serin.metric.Meter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that give what the test says; they pass unless told otherwise. */
final class FakeMeter implements Meter {

  private final Map<String, Metric.Outcome> outcomes = new HashMap<>();
  private final List<String> measured = Collections.synchronizedList(new ArrayList<>());

  FakeMeter gives(String check, Metric.Outcome outcome) {
    outcomes.put(check, outcome);
    return this;
  }

  List<String> measured() {
    return measured;
  }

  @Override
  public Metric measure(Canary canary, int order) {
    String name = canary.analysis().metrics().get(order).name();
    measured.add(name);
    Metric.Outcome outcome = outcomes.getOrDefault(name, Metric.Outcome.PASS);
    Double value =
        outcome == Metric.Outcome.NO_DATA || outcome == Metric.Outcome.ERROR ? null : 98.0;
    String message =
        outcome == Metric.Outcome.PASS
            ? ""
            : "Halt %s.%s advancement %s is %s"
                .formatted(canary.name(), canary.namespace(), name, outcome);
    return new Metric(name, order, outcome, value, 99.0, null, message);
  }

  @Override
  public Probe probe(Canary canary) {
    return new Probe(true, "");
  }
}
