package io.serin.policy;

import io.serin.fact.Evidence;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the asks of one tick with evidence that is there already, from a recording or from the
 * policy that decides, and remembers those that it has no answer for.
 */
public final class GivenEvidence implements EvidenceSource {

  private final Evidence given;
  private final List<String> unanswered = new ArrayList<>();

  /** Of these answers. */
  public GivenEvidence(Evidence given) {
    this.given = given;
  }

  /** What there is no answer for, such as {@code metric error-rate}. */
  public List<String> unanswered() {
    return List.copyOf(unanswered);
  }

  @Override
  public Evidence gather(List<Ask> asks) {
    List<Gate> gates = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    Probe probe = null;
    for (Ask ask : asks) {
      switch (ask) {
        case Ask.Call(Hook hook) -> keep(gates, gate(hook), "webhook " + hook.name());
        case Ask.Measure(var check) ->
            keep(metrics, metric(check.name(), check.order()), "metric " + check.name());
        case Ask.ProbeProviders _ -> {
          probe = given.probe();
          if (probe == null) {
            unanswered.add("whether the metric providers answer");
          }
        }
      }
    }
    return new Evidence(gates, metrics, probe);
  }

  private <T> void keep(List<T> answers, @Nullable T answer, String what) {
    if (answer == null) {
      unanswered.add(what);
    } else {
      answers.add(answer);
    }
  }

  private @Nullable Gate gate(Hook hook) {
    for (Gate gate : given.gates()) {
      if (gate.order() == hook.order()
          && gate.type() == hook.type()
          && gate.name().equals(hook.name())) {
        return gate;
      }
    }
    return null;
  }

  private @Nullable Metric metric(String name, int order) {
    for (Metric metric : given.metrics()) {
      if (metric.order() == order && metric.name().equals(name)) {
        return metric;
      }
    }
    return null;
  }
}
