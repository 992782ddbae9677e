package io.serin.api;

import java.util.List;
import java.util.Map;

/**
 * Selects objects by their labels, as Kubernetes does everywhere: every label and every expression
 * must hold; an empty selector selects everything. See <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels and
 * Selectors</a>.
 */
public record LabelSelector(
    Map<String, String> matchLabels, List<LabelExpression> matchExpressions) {

  /** Selects everything. */
  public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

  /** Copies the collections. */
  public LabelSelector {
    matchLabels = Map.copyOf(matchLabels);
    matchExpressions = List.copyOf(matchExpressions);
  }

  static LabelSelector read(Fields f) {
    return new LabelSelector(
        f.textMap("matchLabels"), f.list("matchExpressions", LabelExpression::read));
  }

  /** It selects everything. */
  public boolean isEmpty() {
    return matchLabels.isEmpty() && matchExpressions.isEmpty();
  }

  /** Whether it selects an object with these labels. */
  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.entrySet())
        && matchExpressions.stream().allMatch(e -> e.matches(labels));
  }

  /** Whether its answer can depend on a label other than that one. */
  public boolean looksBeyond(String label) {
    return matchLabels.keySet().stream().anyMatch(key -> !key.equals(label))
        || matchExpressions.stream().anyMatch(e -> !e.key().equals(label));
  }
}
