package io.serin.record;

import io.serin.api.Counted;

/** A replay as people read it. */
public final class ReplayText {

  private ReplayText() {}

  /**
   * A table per recording and a line of totals.
   *
   * @param onlyChanges leaves out what is the same
   */
  public static String of(Replay.Result result, boolean onlyChanges) {
    StringBuilder text = new StringBuilder();
    for (Replay.Replayed replayed : result.replayed()) {
      TextTable table = table(replayed, onlyChanges);
      if (!table.isEmpty()) {
        text.append(replayed.recording()).append('\n').append(table.text("  ")).append('\n');
      }
    }
    return text.append(totals(result)).append('\n').toString();
  }

  private static TextTable table(Replay.Replayed replayed, boolean onlyChanges) {
    TextTable table = new TextTable("TICK", "RESULT", "THEN", "NOW", "RULE");
    for (ReplayedTick tick : replayed.ticks()) {
      if (!onlyChanges || tick.sameness() != Sameness.SAME) {
        table.row(
            String.valueOf(tick.tick()),
            tick.sameness().words(),
            Course.of(tick.then()),
            tick.sameness() == Sameness.CANNOT_TELL ? "?" : Course.of(tick.now()),
            rule(tick));
      }
    }
    return table;
  }

  private static String rule(ReplayedTick tick) {
    String then = "\"" + tick.ruleThen() + "\"";
    if (tick.sameness() == Sameness.CANNOT_TELL) {
      return then + "; not recorded: " + String.join(", ", tick.unanswered());
    }
    if (tick.trouble() != null && !tick.ruleNow().equals(tick.ruleThen())) {
      return then + " -> " + tick.trouble();
    }
    String now =
        tick.ruleNow().equals(tick.ruleThen()) ? then : then + " -> \"" + tick.ruleNow() + "\"";
    return tick.sameness() == Sameness.CHANGED ? now + ": " + tick.now().reason() : now;
  }

  private static String totals(Replay.Result result) {
    return "%s of %s with policy %s: %d same, %d changed, %d cannot tell%s"
        .formatted(
            Counted.of(result.ticks(), "tick"),
            Counted.of(result.recordings(), "recording"),
            result.policy(),
            result.same(),
            result.changed(),
            result.cannotTell(),
            Unread.words(result));
  }
}
