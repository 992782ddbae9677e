package io.serin.policy.check;

import io.serin.api.PromotionPolicySpec;
import io.serin.policy.NamespacePolicies;
import io.serin.policy.PolicyCompiler;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicySource;
import io.serin.policy.Settings;
import io.serin.policy.profile.Action;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Finding;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Printer;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code serin check}: looks for what is wrong with a policy, without running it. */
public final class PolicyCheck {

  private final PolicySource source;
  private final List<Rule> rules;
  private final Settings settings;
  private final Map<String, Rule> byName;
  private final List<Finding> findings = new ArrayList<>();

  private PolicyCheck(PolicySource source, List<Rule> rules) {
    this.source = source;
    this.rules = rules;
    this.settings = source.settings();
    this.byName =
        rules.stream().collect(Collectors.toMap(Rule::name, Function.identity(), (a, b) -> a));
  }

  /**
   * Checks the policy of a directory against the guard rails of traffic.
   *
   * @throws PolicyException when there is no policy
   */
  public static CheckReport run(Path directory) {
    return run(PolicySource.of(directory));
  }

  /** Checks a policy against the guard rails of traffic. */
  public static CheckReport run(PolicySource source) {
    return run(source, List.of(GuardRail.TRAFFIC));
  }

  /**
   * Checks the policy of a namespace together with the default one, and tells what concerns its own
   * files.
   *
   * @throws PolicyException when it holds more than rules and settings, or a rule has a name of the
   *     default policy
   */
  public static CheckReport besideDefault(PromotionPolicySpec spec) {
    PolicySource own = NamespacePolicies.rules(spec);
    List<Finding> bold = NamespacePolicies.bold(own);
    if (!bold.isEmpty()) {
      return new CheckReport(bold, "0", 0, false);
    }
    PolicySource beside = NamespacePolicies.besideDefault(own);
    CheckReport both = run(beside);
    return new CheckReport(
        both.findings().stream().filter(f -> beside.isOwn(f.file())).toList(),
        both.states(),
        both.decided(),
        both.sampled());
  }

  /** Checks a policy against these guard rails. */
  public static CheckReport run(PolicySource source, List<GuardRail> rails) {
    Profile profile = Profile.read(source);
    if (!profile.findings().isEmpty()) {
      return new CheckReport(profile.findings(), "0", 0, false);
    }
    try {
      PolicyCompiler.compile(source);
    } catch (PolicyException e) {
      return new CheckReport(
          e.findings().stream().map(f -> new Finding("policy", 1, Severity.ERROR, f)).toList(),
          "0",
          0,
          false);
    }
    return new PolicyCheck(source, profile.rules()).check(rails);
  }

  private Set<Class<?>> read() {
    return rules.stream().flatMap(r -> Reads.facts(r).stream()).collect(Collectors.toSet());
  }

  private CheckReport check(List<GuardRail> rails) {
    Boundaries boundaries = new Boundaries(rules, settings);
    rules.forEach(r -> satisfiable(r, boundaries));
    rules.forEach(this::reasons);
    SweepResult swept = new Sweep(rules, new States(boundaries, settings, read()), rails).run();
    rules(swept);
    whole(swept);
    swept.broken.forEach(this::broken);
    findings.sort(
        java.util.Comparator.comparing(Finding::severity)
            .thenComparing(Finding::file)
            .thenComparingInt(Finding::line));
    return new CheckReport(
        findings, swept.states.toString(), swept.decided, boundaries.sampled() || swept.cut);
  }

  private void satisfiable(Rule rule, Boundaries boundaries) {
    for (Pattern pattern : Reads.patterns(rule)) {
      if (!boundaries.satisfiable(pattern.fact(), pattern.constraints())) {
        error(
            rule,
            pattern.line(),
            "%s is never true%s".formatted(Printer.print(pattern), pair(pattern, boundaries)));
      }
    }
  }

  /** Two constraints that exclude each other, where there are such. */
  private static String pair(Pattern pattern, Boundaries boundaries) {
    List<Constraint> all = pattern.constraints();
    for (Constraint one : all) {
      for (Constraint other : all.subList(all.indexOf(one) + 1, all.size())) {
        if (!boundaries.satisfiable(pattern.fact(), List.of(one, other))) {
          return ": %s and %s exclude each other"
              .formatted(Printer.print(one.test()), Printer.print(other.test()));
        }
      }
    }
    return "";
  }

  private void reasons(Rule rule) {
    for (Action action : rule.then()) {
      boolean text =
          !action.arguments().isEmpty()
              && action.verb().parameters().getLast().words().equals("text");
      if (text && !Reads.value(action.arguments().getLast())) {
        warn(
            rule,
            action.line(),
            "the reason names no value: %s".formatted(Printer.print(action.arguments().getLast())));
      }
    }
  }

  private void rules(SweepResult swept) {
    for (Rule rule : rules) {
      if (rule.asks()) {
        continue;
      }
      // What a sample did not see may still be.
      if (!swept.cut && !swept.won.contains(rule.name())) {
        warn(
            rule,
            rule.line(),
            "the rule decides in none of the states: its conditions never hold together, or"
                + " something more careful always wins");
      }
    }
    swept.ties.forEach(
        (pair, facts) -> {
          String[] names = pair.split("\n", 2);
          Rule rule = byName.get(names[0]);
          if (rule != null) {
            warn(
                rule,
                rule.line(),
                "contradicts '%s' on the same level of caution, for example with %s"
                    .formatted(names[1], brief(facts)));
          }
        });
  }

  private void whole(SweepResult swept) {
    Rule first =
        rules.stream().filter(r -> source.isOwn(r.file())).findFirst().orElse(rules.getFirst());
    if (rules.stream().noneMatch(r -> says(r, Set.of("measure")))) {
      warn(first, 1, "no rule measures the checks of a canary; they are never looked at");
    }
    if (!swept.cut && !swept.verbs.contains("advance") && !swept.verbs.contains("iterate")) {
      warn(first, 1, "the policy can never advance");
    }
    if (!swept.cut && !swept.verbs.contains("rollback")) {
      warn(first, 1, "the policy can never roll back");
    }
    Set<String> bold = new java.util.TreeSet<>(swept.verbsWithoutData);
    bold.retainAll(Set.of("advance", "iterate", "promote", "promoteEarly"));
    if (!bold.isEmpty()) {
      warn(
          first,
          1,
          "no rule stops for a metric without data; the policy then says "
              + String.join(", ", bold));
    }
    List<Object> example = swept.undecidedExample;
    if (example != null) {
      warn(
          first,
          1,
          "no rule proposes anything in some states (they hold), for example with "
              + brief(example));
    }
  }

  private static boolean says(Rule rule, Set<String> verbs) {
    return rule.then().stream().anyMatch(a -> verbs.contains(a.verb().name()));
  }

  private void broken(String what, List<Object> facts) {
    String[] parts = what.split("\n", 2);
    Rule rule = byName.get(parts[0]);
    if (rule != null) {
      error(
          rule,
          rule.line(),
          "breaks a guard rail: %s, for example with %s".formatted(parts[1], brief(facts)));
    }
  }

  private static String brief(List<Object> facts) {
    return facts.stream()
        .filter(f -> !(f instanceof io.serin.fact.Moment))
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private void error(Rule rule, int line, String message) {
    findings.add(
        new Finding(rule.file(), line, Severity.ERROR, "rule '" + rule.name() + "': " + message));
  }

  /** What the base or a pack does by itself is its authors' affair. */
  private void warn(Rule rule, int line, String message) {
    if (line != 1 && !source.isOwn(rule.file())) {
      return;
    }
    findings.add(
        new Finding(
            rule.file(),
            line,
            Severity.WARNING,
            line == 1 && !message.startsWith("the r")
                ? message
                : "rule '" + rule.name() + "': " + message));
  }
}
