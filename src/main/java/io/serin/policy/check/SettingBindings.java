package io.serin.policy.check;

import io.serin.fact.Setting;
import io.serin.policy.Settings;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables of a rule that hold a setting, such as {@code $s : Setting( name == "x" )}. */
final class SettingBindings {

  private SettingBindings() {}

  /** For each such variable the values that its setting may have. */
  static Map<String, Collection<Setting>> of(Rule rule, Settings settings) {
    Map<String, Collection<Setting>> bound = new HashMap<>();
    for (Pattern pattern : Reads.patterns(rule)) {
      String variable = pattern.binding();
      if (pattern.fact() == Setting.class && variable != null) {
        bound.put(variable, settings.extremes().getOrDefault(Reads.name(pattern), List.of()));
      }
    }
    return bound;
  }
}
