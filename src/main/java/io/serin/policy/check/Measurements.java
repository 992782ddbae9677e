package io.serin.policy.check;

import io.serin.fact.Check;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The checks of a Canary and what was measured: of each metric that the policy names, and of others
 * up to the number that a rule looks at together, every outcome beside every outcome of the rest.
 */
final class Measurements {

  /** Combinations; beyond it fewer metrics are there at once. */
  private static final int MOST = 20_000;

  private static final List<String> OTHERS = List.of("other", "third", "fourth");

  private final Boundaries boundaries;
  private final List<Rule> rules;
  private final List<String> names;
  private final List<List<Object>> all = new ArrayList<>();
  private int atOnce;
  private boolean sampled;

  /**
   * Combines them.
   *
   * @param together how many a rule looks at together
   */
  Measurements(Boundaries boundaries, List<Rule> rules, int together) {
    this.boundaries = boundaries;
    this.rules = rules;
    this.names = names(together);
    List<List<List<Object>>> single = new ArrayList<>();
    names.forEach(name -> single.add(of(name, single.size())));
    this.atOnce = names.size();
    while (atOnce > 1 && combinations(single, atOnce) > MOST) {
      atOnce--;
    }
    combine(single, single.size(), atOnce, List.of());
    all.add(List.of(new Probe(true, "")));
    all.add(List.of(new Probe(false, "refused")));
  }

  List<List<Object>> all() {
    return all;
  }

  /** The most that are there at the same time. */
  int atOnce() {
    return atOnce;
  }

  /** Every metric that the policy names can be there together with all others, in every sort. */
  boolean complete() {
    return atOnce == names.size() && !sampled;
  }

  private List<String> names(int together) {
    Set<String> all = new LinkedHashSet<>(boundaries.texts(Metric.class, "name", "success-rate"));
    all.addAll(boundaries.texts(Check.class, "name", "success-rate"));
    OTHERS.stream().limit(Math.max(1, together - all.size())).forEach(all::add);
    return List.copyOf(all);
  }

  /** A metric that waits to be measured, or was, with what was found. */
  private List<List<Object>> of(String name, int order) {
    Predicate<Pattern> wanted = pattern -> about(pattern, name);
    List<Metric> measured = new ArrayList<>();
    Boundaries own = boundaries.of(wanted);
    own.each(
        Metric.class,
        new Choices()
            .only("name", name)
            .only("order", order)
            .usually("message", name + " is 98.0")
            .usually("value", 98.0, 100.0, null)
            .usually("min", 99.0)
            .usually("max", (Object) null),
        Measurements::plausible,
        measured::add);
    sampled |= own.sampled();
    measured.sort(Comparator.comparing(Metric::outcome));
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of(new Check(name, order, true)));
    new Distinct(rules, wanted)
        .of(measured, Metric::outcome)
        .forEach(metric -> all.add(List.of(new Check(name, order, false), metric)));
    return all;
  }

  private static boolean plausible(Metric metric) {
    return switch (metric.outcome()) {
      case PASS, FAIL -> metric.value() != null;
      case STALE -> true;
      case NO_DATA, ERROR -> metric.value() == null;
    };
  }

  /** A pattern over metrics that one of this name may fulfil. */
  private static boolean about(Pattern pattern, String name) {
    return pattern.fact() == Metric.class
        && (Reads.name(pattern).isEmpty() || Reads.name(pattern).equals(name));
  }

  /** The sum over each choice of that many at most of the product of their sorts. */
  private static double combinations(List<List<List<Object>>> single, int most) {
    double[] choices = new double[most + 1];
    choices[0] = 1;
    for (List<List<Object>> sorts : single) {
      for (int n = most; n > 0; n--) {
        choices[n] += choices[n - 1] * sorts.size();
      }
    }
    return Arrays.stream(choices).sum();
  }

  private void combine(List<List<List<Object>>> single, int to, int left, List<Object> after) {
    if (to == 0 || left == 0) {
      all.add(after);
      return;
    }
    combine(single, to - 1, left, after);
    for (List<Object> one : single.get(to - 1)) {
      List<Object> more = new ArrayList<>(one);
      more.addAll(after);
      combine(single, to - 1, left - 1, more);
    }
  }
}
