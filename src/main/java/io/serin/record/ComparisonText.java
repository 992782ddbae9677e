package io.serin.record;

import io.serin.api.Counted;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as people read it. */
public final class ComparisonText {

  private ComparisonText() {}

  /** A table of rollouts and a few lines of totals. */
  public static String of(Comparison.Result result) {
    TextTable table = new TextTable("RECORDING", "ENDED", "CLASS", "TICK", "DIFFERENCE");
    for (ComparedRollout rollout : result.rollouts()) {
      table.row(
          rollout.recording(),
          rollout.ended().wireName(),
          rollout.difference().words(),
          rollout.at() == null ? "" : String.valueOf(rollout.at().tick()),
          difference(rollout));
    }
    return table.text("") + "\n" + totals(result);
  }

  private static String difference(ComparedRollout rollout) {
    var at = rollout.at();
    if (at == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    if (at.candidate().equals("?")) {
      text.append(at.baseline());
    } else {
      text.append(at.baseline()).append(" -> ").append(at.candidate());
      text.append(" by \"").append(at.candidateRule()).append('"');
    }
    if (rollout.saved() != null) {
      text.append("; ").append(saved(rollout.saved()));
    }
    return rollout.note().isEmpty() ? text.toString() : text + "; " + rollout.note();
  }

  private static String saved(ComparedRollout.Saved saved) {
    return String.format(
        Locale.ROOT,
        "%s (%d s) earlier, %.1f %%·min less exposure",
        Counted.of(saved.ticks(), "tick"),
        saved.seconds(),
        saved.percentMinutes());
  }

  private static String totals(Comparison.Result result) {
    String classes =
        result.classes().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().words())
            .collect(Collectors.joining(", "));
    return "%s, %s against %s: %s%s%n"
            .formatted(
                Counted.of(result.recordings(), "rollout"),
                result.candidate(),
                result.baseline(),
                classes,
                Unread.words(result))
        + String.format(
            Locale.ROOT,
            "earlier stops of runs that failed save %s and %.1f %%·min of exposure;"
                + " false alarms: %d%n",
            Counted.of(result.savedTicks(), "tick"),
            result.savedPercentMinutes(),
            result.falseAlarms());
  }
}
