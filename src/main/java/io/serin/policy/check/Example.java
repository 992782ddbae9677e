package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.fact.Workload;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A state in one line: what the rules in question read of it, and what guard rails look at. */
final class Example {

  private static final Map<Class<?>, Set<String>> ALWAYS =
      Map.of(
          Rollout.class, Set.of("phase", "strategy", "weight", "nextWeight"),
          Workload.class, Set.of("role", "ready"),
          Gate.class, Set.of("name", "type", "open"),
          Check.class, Set.of("name", "pending"),
          Metric.class, Set.of("name", "outcome"));

  private Example() {}

  /** With these rules in question; none where it is the whole policy. */
  static String of(List<Object> facts, List<Rule> rules) {
    Set<Attribute> read = new HashSet<>();
    rules.forEach(r -> read.addAll(Reads.of(r)));
    return facts.stream()
        .map(f -> of(f, read))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String of(Object fact, Set<Attribute> read) {
    Set<String> always = ALWAYS.getOrDefault(fact.getClass(), Set.of());
    List<String> values = new ArrayList<>();
    for (Attribute a : Vocabulary.attributes(fact.getClass()).values()) {
      if (read.contains(a) || always.contains(a.name())) {
        values.add(a.name() + "=" + a.of(fact));
      }
    }
    return values.isEmpty()
        ? ""
        : fact.getClass().getSimpleName() + "[" + String.join(", ", values) + "]";
  }
}
