package io.serin.record;

import io.serin.policy.explain.Explanation;
import io.serin.rollout.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An explanation as people read it in a terminal. */
final class ExplainedText {

  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();

  private ExplainedText() {}

  static String of(ExplainedTick tick) {
    ExplainedText text = new ExplainedText();
    text.head(tick);
    text.facts(tick.explanation());
    text.losers(tick.explanation());
    text.misses(tick.explanation());
    text.shadows(tick);
    text.tail(tick);
    return String.join("\n", text.lines) + "\n";
  }

  private void head(ExplainedTick tick) {
    Explanation why = tick.explanation();
    lines.add("%s, tick %d at %s".formatted(tick.canary(), tick.tick(), tick.at()));
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("verdict", why.verdict()));
    rows.add(List.of("reason", why.reason()));
    rows.add(List.of("rule", why.rule()));
    if (!why.where().isEmpty()) {
      rows.add(List.of("", why.where()));
    }
    rows.add(List.of("went from", words(tick.before())));
    rows.add(List.of("to", words(tick.after())));
    if (tick.refused() != null) {
      rows.add(List.of("overruled", tick.refused()));
    }
    table(rows);
  }

  private void facts(Explanation why) {
    section("what the rule saw", !why.facts().isEmpty());
    List<List<String>> rows = new ArrayList<>();
    for (Explanation.SeenFact fact : why.facts()) {
      String name = fact.fact();
      for (Map.Entry<String, String> value : fact.values().entrySet()) {
        rows.add(List.of(name, value.getKey(), value.getValue()));
        name = "";
      }
      if (fact.values().isEmpty()) {
        rows.add(List.of(name, "", ""));
      }
    }
    table(rows);
    if (!why.asked().isEmpty()) {
      section("what was asked for", true);
      lines.add(INDENT + String.join(", ", why.asked()));
    }
  }

  private void losers(Explanation why) {
    section("proposals that lost", !why.losers().isEmpty());
    table(
        why.losers().stream()
            .map(l -> List.of(l.verdict(), "'" + l.rule() + "'", l.reason()))
            .toList());
  }

  private void misses(Explanation why) {
    section("rules that were one condition short", !why.nearMisses().isEmpty());
    for (Explanation.NearMiss miss : why.nearMisses()) {
      String would = miss.wouldWin() ? ", and would have won" : "";
      lines.add(
          "%s%s by '%s' (%s)%s"
              .formatted(INDENT, miss.verdict(), miss.rule(), miss.where(), would));
      lines.add(INDENT + INDENT + "wanted " + miss.missing());
    }
  }

  private void shadows(ExplainedTick tick) {
    section("shadow policies", !tick.shadows().isEmpty());
    tick.shadows().forEach(shadow -> lines.add(INDENT + shadow.line()));
  }

  private void tail(ExplainedTick tick) {
    lines.add("");
    lines.add("policy " + tick.explanation().policy());
    if (tick.explanation().trouble() != null) {
      lines.add("trouble: " + tick.explanation().trouble());
    }
    if (tick.note() != null) {
      lines.add("note: " + tick.note());
    }
  }

  private void section(String title, boolean shown) {
    if (shown) {
      lines.add("");
      lines.add(title);
    }
  }

  private void table(List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private static String words(Standing standing) {
    return "%s, weight %d, iterations %d, failed checks %d"
        .formatted(
            standing.phase().wireName(),
            standing.weight(),
            standing.iterations(),
            standing.failedChecks());
  }
}
