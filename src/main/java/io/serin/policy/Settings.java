package io.serin.policy;

import io.serin.api.Names;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.SettingSpec;
import io.serin.fact.Facts;
import io.serin.fact.Problem;
import io.serin.fact.Setting;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings that a policy declares, in the order of its text. */
public final class Settings {

  /** None. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<String, DeclaredSetting> declared;

  private Settings(Map<String, DeclaredSetting> declared) {
    this.declared = declared;
  }

  /**
   * These settings with others: new ones, or other values for those that are there.
   *
   * @throws PolicyException when one contradicts itself
   */
  Settings with(List<SettingSpec> specs) {
    Map<String, DeclaredSetting> all = new LinkedHashMap<>(declared);
    List<String> findings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SettingSpec spec : specs) {
      if (!names.add(spec.name())) {
        findings.add("setting '%s' is declared twice; keep one".formatted(spec.name()));
      }
      try {
        all.put(spec.name(), DeclaredSetting.of(spec, declared.get(spec.name())));
      } catch (IllegalArgumentException e) {
        findings.add("setting '%s' %s".formatted(spec.name(), e.getMessage()));
      }
    }
    if (!findings.isEmpty()) {
      throw new PolicyException(findings);
    }
    return new Settings(all);
  }

  /** These settings, and of the others those with a name of their own. */
  Settings and(Settings others) {
    if (others.declared.isEmpty()) {
      return this;
    }
    Map<String, DeclaredSetting> all = new LinkedHashMap<>(declared);
    others.declared.forEach(all::putIfAbsent);
    return new Settings(all);
  }

  /** Names of the settings that a policy declares or takes in with its packs. */
  public static Set<String> names(PromotionPolicySpec spec) {
    Set<String> names = new TreeSet<>();
    spec.settings().forEach(setting -> names.add(setting.name()));
    spec.packs().forEach(pack -> names.addAll(Packs.settings(pack)));
    return names;
  }

  /** There are none. */
  public boolean isEmpty() {
    return declared.isEmpty();
  }

  /** Patterns over settings that are not declared: they would never match, and silently so. */
  List<String> undeclared(List<Rule> rules) {
    List<String> findings = new ArrayList<>();
    for (Rule rule : rules) {
      for (Pattern pattern : Reads.patterns(rule)) {
        String name = Reads.name(pattern);
        if (pattern.fact() == Setting.class && !name.isEmpty() && !declared.containsKey(name)) {
          findings.add(
              "%s:%d: rule '%s': setting '%s' is not declared; declare it under settings in %s"
                  .formatted(
                      rule.file(), pattern.line(), rule.name(), name, PolicyFolder.MANIFEST));
        }
      }
    }
    return findings;
  }

  /** Each with its default. */
  public List<Setting> defaults() {
    return declared.values().stream().map(DeclaredSetting::value).toList();
  }

  /** Every value at which a setting may stand that matters: the default, and both its bounds. */
  public Map<String, Collection<Setting>> extremes() {
    Map<String, Collection<Setting>> extremes = new TreeMap<>();
    declared.forEach((name, setting) -> extremes.put(name, setting.extremes()));
    return extremes;
  }

  /**
   * The facts with the settings as they hold for their canary. What it asks for and cannot have is
   * a problem, and the default holds. Settings and such problems that were there are replaced, so
   * that recorded facts can be decided by another policy.
   */
  public Facts fit(Facts facts) {
    return declared.isEmpty() && isFree(facts) ? facts : refit(facts);
  }

  /** Nothing in the facts is about settings. */
  private static boolean isFree(Facts facts) {
    return facts.surroundings().wishes().isEmpty()
        && facts.surroundings().settings().isEmpty()
        && facts.problems().isEmpty();
  }

  private Facts refit(Facts facts) {
    Map<String, String> wishes = facts.surroundings().wishes();
    List<Problem> problems = new ArrayList<>(facts.problems());
    problems.removeIf(problem -> problem.kind() == Problem.Kind.SETTING);
    unknown(wishes, facts.surroundings().shadowSettings(), problems);
    List<Setting> settings =
        declared.values().stream().map(setting -> value(setting, wishes, problems)).toList();
    return facts.with(problems).in(facts.surroundings().with(settings));
  }

  private static Setting value(
      DeclaredSetting setting, Map<String, String> wishes, List<Problem> problems) {
    String wish = wishes.get(setting.name());
    if (wish == null) {
      return setting.value();
    }
    try {
      return setting.asked(wish);
    } catch (IllegalArgumentException e) {
      problems.add(problem("%s %s".formatted(setting.name(), e.getMessage())));
      return setting.value();
    }
  }

  private void unknown(Map<String, String> wishes, List<String> elsewhere, List<Problem> problems) {
    for (String name : new TreeMap<>(wishes).keySet()) {
      if (!declared.containsKey(name) && !elsewhere.contains(name)) {
        String known =
            declared.isEmpty() ? "it has none" : "it has " + String.join(", ", declared.keySet());
        problems.add(problem("'%s' is no setting of the policy; %s".formatted(name, known)));
      }
    }
  }

  private static Problem problem(String message) {
    return new Problem(
        Problem.Kind.SETTING, "annotation %s: %s".formatted(Names.SETTINGS, message));
  }

  /** For the digest of a policy: differs whenever a decision could. */
  @Override
  public String toString() {
    return declared.values().toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.declared.equals(declared);
  }

  @Override
  public int hashCode() {
    return declared.hashCode();
  }
}
