package io.serin.policy.testing;

import io.serin.api.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the tests of a policy ended.
 *
 * @param policy digest of the policy
 * @param cases every case
 * @param coverage what they covered
 * @param failUnder percent that must be covered; 0 for none
 */
public record TestReport(
    String policy, List<CaseResult> cases, Coverage.Report coverage, int failUnder) {

  /** Copies the list. */
  public TestReport {
    cases = List.copyOf(cases);
  }

  /** Every case passed and enough was covered. */
  public boolean passed() {
    return cases.stream().allMatch(CaseResult::passed) && coveredEnough();
  }

  /** Rules and conditions reach what is demanded. */
  public boolean coveredEnough() {
    return coverage.rulePercent() >= failUnder && coverage.conditionPercent() >= failUnder;
  }

  /**
   * For a terminal.
   *
   * @param withCoverage also what was not covered
   */
  public String text(boolean withCoverage) {
    List<String> lines = new ArrayList<>();
    for (CaseResult c : cases) {
      if (!c.passed()) {
        lines.add("FAIL " + c.file() + ": " + c.name());
        c.problems().forEach(p -> lines.add("     " + p));
      }
    }
    long failed = cases.stream().filter(c -> !c.passed()).count();
    lines.add(
        "%s, %d passed, %d failed"
            .formatted(Counted.of(cases.size(), "case"), cases.size() - failed, failed));
    if (withCoverage || failUnder > 0) {
      coverage(lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private void coverage(List<String> lines) {
    for (Coverage.Report.OfRule rule : coverage.rules()) {
      if (!rule.fired()) {
        lines.add("%s:%d: rule '%s' never fired".formatted(rule.file(), rule.line(), rule.name()));
      }
      for (Coverage.Report.OfCondition c : rule.conditions()) {
        if (!c.covered()) {
          lines.add(
              "%s:%d: %s was never %s in rule '%s'"
                  .formatted(
                      rule.file(),
                      c.line(),
                      c.text(),
                      c.seenTrue() ? "false" : "true",
                      rule.name()));
        }
      }
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "coverage: %.1f %% of %s, %.1f %% of conditions%s",
            coverage.rulePercent(),
            Counted.of(coverage.rules().size(), "rule"),
            coverage.conditionPercent(),
            coveredEnough() ? "" : " (below " + failUnder + " %)"));
  }
}
