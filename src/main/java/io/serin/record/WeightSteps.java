package io.serin.record;

import io.serin.rollout.TickRecord;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which weight follows which, as far as the ticks of a recording show it. A weight that they do not
 * show is followed at the same distance where all steps are alike, or by the end of the step in
 * which it lies.
 */
final class WeightSteps {

  private final TreeMap<Integer, Integer> next = new TreeMap<>();
  private final OptionalInt size;
  private final int maxWeight;

  WeightSteps(List<TickRecord> ticks) {
    int max = 0;
    for (TickRecord tick : ticks) {
      var rollout = tick.facts().rollout();
      next.put(rollout.weight(), rollout.nextWeight());
      max = Math.max(max, rollout.maxWeight());
    }
    maxWeight = max;
    size = size();
  }

  /** The last step may be a shorter one, so it only counts when there is no other. */
  private OptionalInt size() {
    List<Integer> sizes =
        next.entrySet().stream()
            .filter(step -> step.getKey() < step.getValue())
            .filter(step -> step.getValue() < maxWeight || next.size() == 1)
            .map(step -> step.getValue() - step.getKey())
            .distinct()
            .toList();
    return sizes.size() == 1 ? OptionalInt.of(sizes.getFirst()) : OptionalInt.empty();
  }

  /** The weight after a step from {@code weight}; empty where the recording does not show it. */
  OptionalInt after(int weight) {
    Integer known = next.get(weight);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (weight >= maxWeight) {
      return OptionalInt.of(maxWeight);
    }
    if (size.isPresent()) {
      return OptionalInt.of(Math.min(maxWeight, weight + size.getAsInt()));
    }
    var step = next.floorEntry(weight);
    return step != null && step.getValue() > weight
        ? OptionalInt.of(step.getValue())
        : OptionalInt.empty();
  }
}
