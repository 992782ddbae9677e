package io.serin.policy.check;

import io.serin.api.Phase;
import io.serin.fact.Capacity;
import io.serin.fact.Dependency;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.fact.PriorRun;
import io.serin.fact.Setting;
import io.serin.fact.Streak;
import io.serin.fact.Surroundings;
import io.serin.fact.Trend;
import io.serin.policy.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The surroundings that a sweep combines: of each fact that rules read none, or one. */
final class Surrounds {

  /** What a sweep puts into the facts of each sort, beside the settings of the policy. */
  private static final List<Sort<?>> SORTS =
      List.of(
          new Sort<>(
              Freeze.class,
              new Choices().usually("name", "f").usually("reason", "why"),
              f -> f.active() ? f.secondsUntil() == 0 : f.secondsLeft() == 0),
          new Sort<>(
              Fleet.class,
              new Choices(),
              f -> f.ahead() <= f.running() && f.failed() <= f.finished()),
          new Sort<>(
              Dependency.class,
              new Choices()
                  .only("phase", Phase.PROGRESSING, Phase.SUCCEEDED, Phase.FAILED, Phase.NONE)
                  .usually("namespace", "test")
                  .usually("name", "d")
                  .usually("reason", "why"),
              d -> !d.ready() || d.phase() == Phase.SUCCEEDED),
          new Sort<>(
              Capacity.class,
              new Choices()
                  .only("canaryPods", 0, 1, 2, 3, 5, 10)
                  .only("podsNeeded", 10)
                  .only("maxWeight", 0, 10, 20, 30, 50, 100),
              c -> c.equals(Capacity.of(c.canaryPods(), c.podsNeeded()))),
          new Sort<>(
              Trend.class,
              new Choices()
                  .usually("name", "success-rate")
                  .usually("ticks", 5)
                  .usually("slope", 1.0)
                  .usually("last", 1.0),
              t -> t.worsening() == (t.minutesToLimit() != null)),
          new Sort<>(Streak.class, new Choices(), s -> s.ticks() > 0),
          new Sort<>(PriorRun.class, new Choices().usually("revision", "2"), _ -> true));

  static final Set<Class<?>> FACTS =
      Stream.concat(Stream.of(Setting.class), SORTS.stream().map(Sort::fact))
          .collect(Collectors.toUnmodifiableSet());

  /** Combinations of settings; beyond it one setting at a time leaves its default. */
  private static final int MOST_SETTINGS = 64;

  private final Boundaries boundaries;
  private final Settings settings;

  Surrounds(Boundaries boundaries, Settings settings) {
    this.boundaries = boundaries;
    this.settings = settings;
  }

  /** The variants that tell the rules apart; a single empty one when they read none of it. */
  List<List<Object>> variants(Set<Class<?>> read) {
    List<List<Object>> all = read.contains(Setting.class) ? settings() : List.of(List.of());
    for (Sort<?> sort : SORTS) {
      if (read.contains(sort.fact())) {
        all = times(all, sort);
      }
    }
    return all;
  }

  /** A policy's settings are always there, at their defaults or where a Canary may put them. */
  private List<List<Object>> settings() {
    List<List<Object>> all = List.of(List.of());
    for (Collection<Setting> values : settings.extremes().values()) {
      List<List<Object>> more = new ArrayList<>();
      for (List<Object> one : all) {
        values.forEach(value -> more.add(with(one, value)));
      }
      all = more;
    }
    return all.size() <= MOST_SETTINGS ? all : oneAtATime();
  }

  private List<List<Object>> oneAtATime() {
    Set<List<Object>> all = new LinkedHashSet<>();
    List<Setting> defaults = settings.defaults();
    for (Collection<Setting> values : settings.extremes().values()) {
      for (Setting value : values) {
        all.add(
            List.copyOf(
                defaults.stream().map(d -> d.name().equals(value.name()) ? value : d).toList()));
      }
    }
    return List.copyOf(all);
  }

  private static List<Object> with(List<Object> facts, Object fact) {
    List<Object> more = new ArrayList<>(facts);
    more.add(fact);
    return more;
  }

  private <T> List<List<Object>> times(List<List<Object>> before, Sort<T> sort) {
    List<List<Object>> all = new ArrayList<>(before);
    for (List<Object> one : before) {
      boundaries.each(sort.fact(), sort.choices(), sort.plausible(), f -> all.add(with(one, f)));
    }
    return all;
  }

  static Surroundings of(List<Object> all) {
    return new Surroundings(
            every(all, Freeze.class),
            first(all, Fleet.class),
            every(all, Dependency.class),
            first(all, Capacity.class),
            every(all, Trend.class),
            first(all, Streak.class),
            first(all, PriorRun.class))
        .with(every(all, Setting.class));
  }

  private static <T> List<T> every(List<Object> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static <T> @Nullable T first(List<Object> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
  }

  /**
   * A fact that a tick has none or one of, for the purpose of a sweep.
   *
   * @param choices values of its components
   * @param plausible leaves out what no tick has
   */
  private record Sort<T>(Class<T> fact, Choices choices, Predicate<T> plausible) {}
}
