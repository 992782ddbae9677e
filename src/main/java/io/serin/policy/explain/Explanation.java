package io.serin.policy.explain;

import io.serin.policy.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a tick ended as it did.
 *
 * @param verdict the verb that won, such as {@code advance}
 * @param reason why, with the values compared
 * @param rule the rule that proposed it
 * @param where file and line of that rule, or empty when it is not a rule of the policy
 * @param facts the facts that the rule is about, with the values it read
 * @param losers other proposals, by caution
 * @param asked what rules asked for, as {@code hook load-test} or {@code check success-rate}
 * @param nearMisses rules that were one condition short of firing
 * @param policy digest of the policy
 * @param trouble why the policy could not decide, or null
 */
public record Explanation(
    String verdict,
    String reason,
    String rule,
    String where,
    List<SeenFact> facts,
    List<Loser> losers,
    List<String> asked,
    List<NearMiss> nearMisses,
    String policy,
    @Nullable String trouble) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Copies the lists. */
  public Explanation {
    facts = List.copyOf(facts);
    losers = List.copyOf(losers);
    asked = List.copyOf(asked);
    nearMisses = List.copyOf(nearMisses);
  }

  /**
   * A fact and what the rule read of it.
   *
   * @param fact its type, such as {@code Rollout}
   * @param values values by attribute, as text
   */
  public record SeenFact(String fact, Map<String, String> values) {
    @Override
    public String toString() {
      List<String> parts = new ArrayList<>();
      values.forEach((name, value) -> parts.add(name + " " + value));
      return fact + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }
  }

  /** A proposal that lost, and the level of caution on which it lost. */
  public record Loser(String rule, String verdict, String reason, String caution) {}

  /**
   * A rule that was one condition short of firing.
   *
   * @param rule its name
   * @param verdict what it would have said
   * @param missing the condition, with the values found
   * @param where file and line
   * @param wouldWin what it would have said is at least as careful as the verdict
   */
  public record NearMiss(
      String rule, String verdict, String missing, String where, boolean wouldWin) {}

  /** One line for events and alerts. */
  public String line() {
    return line(verdict, reason, rule);
  }

  /** The same of a proposal, for which the rules need not be at hand. */
  public static String line(Proposal proposal) {
    return line(proposal.verdict().verb(), proposal.verdict().reason(), proposal.rule());
  }

  private static String line(String verdict, String reason, String rule) {
    return "%s: %s (rule '%s')".formatted(verdict, reason, rule);
  }

  /** For a terminal. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(verdict + ": " + reason);
    lines.add("  rule '" + rule + "'" + (where.isEmpty() ? "" : " (" + where + ")"));
    facts.forEach(f -> lines.add("    " + f));
    if (!asked.isEmpty()) {
      lines.add("asked: " + String.join(", ", asked));
    }
    section(lines, "lost:", losers.stream().map(Explanation::words).toList());
    section(lines, "one condition short:", nearMisses.stream().map(Explanation::words).toList());
    lines.add("policy " + policy + (trouble == null ? "" : ", trouble: " + trouble));
    return String.join("\n", lines) + "\n";
  }

  /** As one JSON object. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  private static void section(List<String> lines, String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add(title);
      entries.forEach(e -> lines.add("  " + e));
    }
  }

  private static String words(Loser l) {
    return "%s: %s (rule '%s', %s)".formatted(l.verdict, l.reason, l.rule, l.caution);
  }

  private static String words(NearMiss n) {
    return "%s by '%s' (%s): wanted %s".formatted(n.verdict, n.rule, n.where, n.missing);
  }
}
