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
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** {@code serin check}: looks for what is wrong with a policy, without running it. */
public final class PolicyCheck {

  private static final java.util.regex.Pattern PLACE =
      java.util.regex.Pattern.compile("([^:\\s]+\\.drl):(-?\\d{1,9}): (.*)");

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
          e.findings().stream().map(PolicyCheck::placed).toList(), "0", 0, false);
    }
    return new PolicyCheck(source, profile.rules()).check(rails);
  }

  /** A line of the compiler, {@code file:line: message}, as a finding. */
  private static Finding placed(String line) {
    Matcher place = PLACE.matcher(line);
    return place.matches()
        ? new Finding(
            place.group(1),
            Math.max(1, Integer.parseInt(place.group(2))),
            Severity.ERROR,
            place.group(3))
        : new Finding("policy", 1, Severity.ERROR, line);
  }

  private CheckReport check(List<GuardRail> rails) {
    Boundaries boundaries = new Boundaries(rules, settings);
    rules.forEach(r -> satisfiable(r, boundaries));
    rules.forEach(this::reasons);
    States states = new States(boundaries, settings, rules);
    SweepResult swept = new Sweep(rules, states, rails).run();
    // What a sample did not see may still be.
    boolean whole = states.complete() && !swept.cut;
    if (whole) {
      idle(swept, states);
    }
    ties(swept);
    whole(swept, whole, states);
    swept.broken.forEach(this::broken);
    findings.sort(
        java.util.Comparator.comparing(Finding::severity)
            .thenComparing(Finding::file)
            .thenComparingInt(Finding::line));
    return new CheckReport(findings, swept.states.toString(), swept.decided, !whole);
  }

  private void satisfiable(Rule rule, Boundaries boundaries) {
    for (Pattern pattern : Reads.patterns(rule)) {
      if (Decidable.all(pattern.constraints())
          && !boundaries.satisfiable(pattern, pattern.constraints())) {
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
        if (!boundaries.satisfiable(pattern, List.of(one, other))) {
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

  /** Rules that decide nothing, or nothing that others would not. */
  private void idle(SweepResult swept, States states) {
    Rivals rivals = new Rivals(source, rules, states);
    for (Rule rule : rules) {
      boolean never = !rule.asks() && !swept.won.contains(rule.name()) && states.reach(rule);
      if (never && source.isOwn(rule.file())) {
        warn(
            rule,
            rule.line(),
            "the rule decides in none of the states: " + rivals.of(r -> r.equals(rule)));
      }
      echo(rule, swept.echoes.getOrDefault(rule.name(), Set.of()));
    }
  }

  private void ties(SweepResult swept) {
    swept.ties.forEach(
        (pair, facts) -> {
          String[] names = pair.split("\n", 2);
          Rule rule = byName.get(names[0]);
          Rule other = byName.get(names[1]);
          if (rule != null && other != null) {
            warn(
                rule,
                rule.line(),
                "contradicts '%s' on the same level of caution, for example with %s"
                    .formatted(names[1], Example.of(facts, List.of(rule, other))));
          }
        });
  }

  private void echo(Rule rule, Set<String> echoes) {
    if (!echoes.isEmpty()) {
      warn(
          rule,
          rule.line(),
          "the rule changes no decision: wherever it decides, '%s' says the same"
              .formatted(String.join("' and '", echoes)));
    }
  }

  private void whole(SweepResult swept, boolean whole, States states) {
    if (rules.stream().noneMatch(r -> says(r, Set.of("measure")))) {
      warn("no rule measures the checks of a canary; they are never looked at");
    }
    if (whole) {
      never("advance", Set.of("advance", "iterate"), swept, states);
      never("roll back", Set.of("rollback"), swept, states);
    }
    Set<String> bold = new java.util.TreeSet<>(swept.verbsWithoutData);
    bold.retainAll(Set.of("advance", "iterate", "promote", "promoteEarly"));
    if (!bold.isEmpty()) {
      warn(
          "no rule stops for a metric without data; the policy then says "
              + String.join(", ", bold));
    }
    List<Object> example = swept.undecidedExample;
    if (example != null) {
      warn(
          "no rule proposes anything in some states (they hold), for example with "
              + Example.of(example, List.of()));
    }
  }

  private void never(String what, Set<String> verbs, SweepResult swept, States states) {
    List<Rule> saying = rules.stream().filter(r -> says(r, verbs)).toList();
    if (verbs.stream().noneMatch(swept.verbs::contains)
        && saying.stream().allMatch(states::reach)) {
      Rivals rivals = new Rivals(source, rules, states);
      warn(
          "the policy can never %s: %s"
              .formatted(what, saying.isEmpty() ? "no rule says so" : rivals.of(saying::contains)));
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
          "breaks a guard rail: %s, for example with %s"
              .formatted(parts[1], Example.of(facts, List.of(rule))));
    }
  }

  private void error(Rule rule, int line, String message) {
    findings.add(
        new Finding(rule.file(), line, Severity.ERROR, "rule '" + rule.name() + "': " + message));
  }

  /** What the base or a pack does by itself is its authors' affair. */
  private void warn(Rule rule, int line, String message) {
    if (source.isOwn(rule.file())) {
      findings.add(
          new Finding(
              rule.file(), line, Severity.WARNING, "rule '" + rule.name() + "': " + message));
    }
  }

  /** Of the whole policy; stands with the first of its own files. */
  private void warn(String message) {
    Rule first =
        rules.stream().filter(r -> source.isOwn(r.file())).findFirst().orElse(rules.getFirst());
    findings.add(new Finding(first.file(), 1, Severity.WARNING, message));
  }
}
