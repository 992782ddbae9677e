package io.serin.fact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was gathered because rules asked for it.
 *
 * @param gates answers of webhooks, in the order in which they came
 * @param metrics measurements
 * @param probe whether the metric providers can be reached; null when nobody asked
 */
public record Evidence(List<Gate> gates, List<Metric> metrics, @Nullable Probe probe) {

  /** Nothing asked, nothing gathered. */
  public static final Evidence NONE = new Evidence(List.of(), List.of(), null);

  /** Copies the lists. */
  public Evidence {
    gates = List.copyOf(gates);
    metrics = List.copyOf(metrics);
  }

  /** This and what another round gathered. */
  public Evidence and(Evidence more) {
    return new Evidence(
        concat(gates, more.gates),
        concat(metrics, more.metrics),
        more.probe != null ? more.probe : probe);
  }

  /** The evidence as a flat list of facts. */
  public List<Object> all() {
    List<Object> all = new ArrayList<>(gates);
    all.addAll(metrics);
    if (probe != null) {
      all.add(probe);
    }
    return all;
  }

  /** That check was measured. */
  public boolean measured(Check check) {
    for (Metric metric : metrics) {
      if (metric.order() == check.order()) {
        return true;
      }
    }
    return false;
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
