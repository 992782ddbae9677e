package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import java.util.List;
import java.util.Optional;

/**
 * The one label that tells the copies' pods apart.
 *
 * @param label its key
 * @param value its value on the target's pods, which need not be the target's name
 */
public record Selector(String label, String value) {

  /** The first of the labels that the workload's selector has. */
  static Optional<Selector> of(KubeObject workload, List<String> labels) {
    return labels.stream()
        .filter(label -> workload.at("spec", "selector", "matchLabels", label).isString())
        .findFirst()
        .map(
            label ->
                new Selector(label, workload.text("", "spec", "selector", "matchLabels", label)));
  }

  /** The value on the primary's pods. */
  public String primaryValue() {
    return Names.primary(value);
  }
}
