package io.serin.record;

import java.util.List;
import java.util.Objects;

/** Simulations as one HTML file with a timeline per rollout; it loads nothing from anywhere. */
public final class WhatIfReport {

  private static final List<SimulatedEnd> BY_INTEREST =
      List.of(
          SimulatedEnd.ROLLED_BACK,
          SimulatedEnd.PROMOTION_FAILED,
          SimulatedEnd.UNFINISHED,
          SimulatedEnd.CANNOT_TELL,
          SimulatedEnd.PROMOTED,
          SimulatedEnd.WITHDRAWN,
          SimulatedEnd.INITIALISED);

  private WhatIfReport() {}

  /** The page. */
  public static String of(WhatIf.Result result) {
    return new Page(
            "What if: " + result.recordings() + " simulated rollouts",
            "Policy <code>%s</code>, carried forward over recorded measurements"
                .formatted(Page.escape(result.simulatedPolicy())),
            result.caveat(),
            BY_INTEREST.stream()
                .filter(end -> recorded(result, end) > 0 || simulated(result, end) > 0)
                .map(end -> card(result, end))
                .toList(),
            "Recorded: %s. Simulated: %s."
                .formatted(
                    WhatIfText.counted(result.recordedEnds()),
                    WhatIfText.counted(result.simulatedEnds())),
            List.of("recorded", "simulated", "tick", "recorded → simulated"),
            result.rollouts().stream().map(WhatIfReport::entry).toList())
        .html();
  }

  private static Page.Card card(WhatIf.Result result, SimulatedEnd end) {
    String hint = end == SimulatedEnd.CANNOT_TELL ? "" : recorded(result, end) + " recorded";
    return new Page.Card(Page.css(end), "simulated: " + end.words(), simulated(result, end), hint);
  }

  private static long recorded(WhatIf.Result result, SimulatedEnd end) {
    return result.recordedEnds().getOrDefault(end, 0L);
  }

  private static long simulated(WhatIf.Result result, SimulatedEnd end) {
    return result.simulatedEnds().getOrDefault(end, 0L);
  }

  private static Page.Entry entry(SimulatedRollout rollout) {
    SimulatedTimeline timeline = new SimulatedTimeline(rollout);
    var parted = rollout.parted();
    return new Page.Entry(
        Page.css(rollout.simulated().end()),
        rollout.simulated().end().words(),
        rollout.canary(),
        rollout.recording(),
        timeline.spark(),
        List.of(
            ending(rollout.recorded()),
            ending(rollout.simulated()),
            parted == null ? "" : String.valueOf(parted.tick()),
            parted == null ? "the same course" : courses(parted)),
        "<p>" + explanation(rollout) + "</p>" + timeline.svg() + table(rollout));
  }

  private static String ending(SimulatedRollout.Ending ending) {
    return Page.escape(ending.words()) + "<small>" + Page.escape(ending.cost()) + "</small>";
  }

  private static String courses(SimulatedRollout.Parting parted) {
    return "<b>%s</b> → <b>%s</b>"
        .formatted(Page.escape(parted.recorded()), Page.escape(parted.simulated()));
  }

  private static String explanation(SimulatedRollout rollout) {
    StringBuilder text = new StringBuilder();
    var parted = rollout.parted();
    if (parted == null) {
      text.append("The simulated course is the recorded one.");
    } else {
      text.append("The courses part at tick ").append(parted.tick()).append(": ");
      text.append(courses(parted));
      if (!parted.simulatedRule().isEmpty()) {
        text.append(" by “").append(Page.escape(parted.simulatedRule())).append("”: ");
        text.append(Page.escape(parted.reason()));
      }
      text.append('.');
    }
    text.append(" Recorded: ").append(told(rollout.recorded()));
    text.append(". Simulated: ").append(told(rollout.simulated())).append('.');
    return text.append(Page.sentence(rollout.note())).toString();
  }

  private static String told(SimulatedRollout.Ending ending) {
    return "<b>%s</b>, %s".formatted(Page.escape(ending.words()), Page.escape(ending.cost()));
  }

  private static String table(SimulatedRollout rollout) {
    TickTable table =
        new TickTable("tick", "second", "recorded", "", "rule", "simulated", "", "rule", "reason");
    for (var moment : rollout.timeline()) {
      String simulated = Objects.requireNonNullElse(moment.simulated(), "");
      table.row(
          !simulated.isEmpty() && !moment.recorded().equals(simulated),
          String.valueOf(moment.tick()),
          String.valueOf(moment.second()),
          moment.recordedWeight() + " %",
          moment.recorded(),
          moment.recordedRule(),
          moment.simulatedWeight() == null ? "" : moment.simulatedWeight() + " %",
          simulated,
          moment.simulatedRule(),
          moment.reason());
    }
    return table.html();
  }
}
