package io.serin.policy.check;

import io.serin.fact.Setting;
import io.serin.policy.Settings;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a rule that hold a setting or a part of one, such as {@code $s : Setting( name
 * == "x", $limit : number )}.
 */
final class SettingBindings {

  private final Map<String, Collection<Setting>> settings = new HashMap<>();
  private final Map<String, List<Object>> parts = new HashMap<>();

  SettingBindings(Rule rule, Settings declared) {
    for (Pattern pattern : Reads.patterns(rule)) {
      if (pattern.fact() == Setting.class) {
        bind(pattern, declared.extremes().getOrDefault(Reads.name(pattern), List.of()));
      }
    }
  }

  private void bind(Pattern pattern, Collection<Setting> values) {
    String variable = pattern.binding();
    if (variable != null) {
      settings.put(variable, values);
    }
    pattern.bound().forEach((name, attribute) -> parts.put(name, read(attribute, values)));
  }

  /** The values that an expression may have when it is such a variable; none when it is not. */
  List<Object> values(Expr e) {
    return switch (e) {
      case Expr.Field f -> read(f.attribute(), held(f.of()));
      case Expr.Variable v -> parts.getOrDefault(v.name(), List.of());
      case Expr.Binary _, Expr.Constant _, Expr.Opposite _, Expr.TextTest _ -> List.of();
    };
  }

  private Collection<Setting> held(@Nullable String variable) {
    return variable == null ? List.of() : settings.getOrDefault(variable, List.of());
  }

  private static List<Object> read(Attribute attribute, Collection<Setting> values) {
    return values.stream().map(attribute::of).filter(Objects::nonNull).toList();
  }
}
