package io.serin.policy.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that are visible at a place of a rule. */
final class Scope {

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("\\$[A-Za-z][A-Za-z0-9_]{0,60}");

  private final Map<String, Type> variables;

  Scope() {
    this(Map.of());
  }

  private Scope(Map<String, Type> outer) {
    variables = new LinkedHashMap<>(outer);
  }

  Scope inner() {
    return new Scope(variables);
  }

  void declare(String name, Type type, int line) {
    if (!NAME.matcher(name).matches()) {
      throw new Refused(line, "variable " + name + " must be written as $name");
    }
    if (variables.putIfAbsent(name, type) != null) {
      throw new Refused(line, "variable " + name + " is already bound; choose another name");
    }
  }

  @Nullable Type find(String name) {
    return variables.get(name);
  }
}
