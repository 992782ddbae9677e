package io.serin.policy;

import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the files of policies together, rule by rule; lines stay where their authors see them. */
final class Composition {

  /** Stands before the names of the default policy's files in a policy that builds on it. */
  static final String BASE = "default/";

  private Composition() {}

  /** A base under rules that take the place of those of the same name. */
  static List<DrlFile> under(List<DrlFile> base, List<DrlFile> over) {
    Set<String> replaced = new HashSet<>();
    rules(over).forEach(rule -> replaced.add(rule.name()));
    List<DrlFile> files = new ArrayList<>(without(base, replaced));
    files.addAll(over);
    return files;
  }

  /** The files without the rules of these names. */
  static List<DrlFile> without(List<DrlFile> files, Collection<String> names) {
    Map<String, List<Integer>> lines = new HashMap<>();
    for (Rule rule : rules(files)) {
      if (names.contains(rule.name())) {
        lines.computeIfAbsent(rule.file(), _ -> new ArrayList<>()).add(rule.line());
      }
    }
    return files.stream()
        .map(f -> lines.containsKey(f.name()) ? blank(f, lines.get(f.name())) : f)
        .toList();
  }

  /** The names of all rules. */
  static Set<String> names(List<DrlFile> files) {
    Set<String> names = new HashSet<>();
    rules(files).forEach(rule -> names.add(rule.name()));
    return names;
  }

  static List<Rule> rules(List<DrlFile> files) {
    return Profile.read(new PolicySource(files)).rules();
  }

  private static DrlFile blank(DrlFile file, List<Integer> starts) {
    String[] lines = file.text().split("\n", -1);
    for (int start : starts) {
      int line = start - 1;
      boolean last = false;
      while (!last && line < lines.length) {
        last = lines[line].strip().matches("(.*;\\s*)?end");
        lines[line++] = "";
      }
    }
    return file.with(String.join("\n", lines));
  }
}
