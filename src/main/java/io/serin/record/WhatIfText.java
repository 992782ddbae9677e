package io.serin.record;

import io.serin.api.Counted;
import java.util.Map;
import java.util.stream.Collectors;

/** Simulations as people read them. */
public final class WhatIfText {

  private WhatIfText() {}

  /** A table of rollouts, a few lines of totals, and what to know about all of it. */
  public static String of(WhatIf.Result result) {
    TextTable table = new TextTable("RECORDING", "RECORDED", "", "SIMULATED", "", "TICK", "PARTS");
    for (SimulatedRollout rollout : result.rollouts()) {
      table.row(
          rollout.recording(),
          rollout.recorded().words(),
          rollout.recorded().cost(),
          rollout.simulated().words(),
          rollout.simulated().cost(),
          rollout.parted() == null ? "" : String.valueOf(rollout.parted().tick()),
          parting(rollout));
    }
    return table.text("") + "\n" + totals(result) + result.caveat() + "\n";
  }

  private static String parting(SimulatedRollout rollout) {
    StringBuilder text = new StringBuilder();
    var parted = rollout.parted();
    if (parted != null) {
      text.append(parted.recorded()).append(" -> ").append(parted.simulated());
      if (!parted.simulatedRule().isEmpty()) {
        text.append(" by \"").append(parted.simulatedRule()).append("\": ");
        text.append(parted.reason());
      }
    }
    if (!rollout.note().isEmpty()) {
      text.append(text.isEmpty() ? "" : "; ").append(rollout.note());
    }
    return text.toString();
  }

  private static String totals(WhatIf.Result result) {
    return "%s, simulated with %s%s%nrecorded:  %s%nsimulated: %s%n"
        .formatted(
            Counted.of(result.recordings(), "rollout"),
            result.simulatedPolicy(),
            Unread.words(result),
            counted(result.recordedEnds()),
            counted(result.simulatedEnds()));
  }

  /** Such as {@code 2 promoted, 1 unfinished}. */
  static String counted(Map<SimulatedEnd, Long> ends) {
    return ends.entrySet().stream()
        .filter(end -> end.getValue() > 0)
        .map(end -> end.getValue() + " " + end.getKey().words())
        .collect(Collectors.joining(", "));
  }
}
