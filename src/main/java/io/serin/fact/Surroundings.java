package io.serin.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the basic course of a rollout does without: the calendar, other canaries, capacity, and what
 * is remembered of earlier ticks. The default policy reads none of it; packs do.
 *
 * @param freezes entries of the calendar that concern the canary
 * @param fleet the other canaries; null where nobody counts them
 * @param dependencies canaries that this one waits for
 * @param capacity what the canary's pods can carry; null while that is not known
 * @param trends where metrics are going
 * @param streak ticks in a row that went well; null before the first
 * @param priorRun the target's revision was promoted before; null otherwise
 * @param settings settings of the policy, each with the value that holds for this canary
 * @param wishes what the Canary asks for in place of the policy's values, by name of the setting;
 *     rules do not see it
 * @param shadowSettings names of settings that shadow policies declare: what the Canary asks of
 *     them is for those policies, and no problem of the one that decides; rules do not see it
 */
public record Surroundings(
    List<Freeze> freezes,
    @Nullable Fleet fleet,
    List<Dependency> dependencies,
    @Nullable Capacity capacity,
    List<Trend> trends,
    @Nullable Streak streak,
    @Nullable PriorRun priorRun,
    List<Setting> settings,
    Map<String, String> wishes,
    List<String> shadowSettings) {

  /** Nothing is known. */
  public static final Surroundings NONE =
      new Surroundings(
          List.of(), null, List.of(), null, List.of(), null, null, List.of(), Map.of(), List.of());

  /** Copies the collections; recordings of older versions have no settings. */
  public Surroundings {
    settings = List.copyOf(Objects.requireNonNullElse(settings, List.of()));
    wishes = Map.copyOf(Objects.requireNonNullElse(wishes, Map.of()));
    shadowSettings = List.copyOf(Objects.requireNonNullElse(shadowSettings, List.of()));
    freezes = List.copyOf(freezes);
    dependencies = List.copyOf(dependencies);
    trends = List.copyOf(trends);
  }

  /** Without settings. */
  public Surroundings(
      List<Freeze> freezes,
      @Nullable Fleet fleet,
      List<Dependency> dependencies,
      @Nullable Capacity capacity,
      List<Trend> trends,
      @Nullable Streak streak,
      @Nullable PriorRun priorRun) {
    this(
        freezes,
        fleet,
        dependencies,
        capacity,
        trends,
        streak,
        priorRun,
        List.of(),
        Map.of(),
        List.of());
  }

  /** The same with other settings. */
  public Surroundings with(List<Setting> others) {
    return others.equals(settings) ? this : set(others, wishes, shadowSettings);
  }

  /** The same with what the Canary asks for. */
  public Surroundings wishing(Map<String, String> asked) {
    return set(settings, asked, shadowSettings);
  }

  /** The same beside shadow policies that declare settings of these names. */
  public Surroundings besideShadows(List<String> names) {
    return names.equals(shadowSettings) ? this : set(settings, wishes, names);
  }

  private Surroundings set(
      List<Setting> present, Map<String, String> asked, List<String> ofShadows) {
    return new Surroundings(
        freezes,
        fleet,
        dependencies,
        capacity,
        trends,
        streak,
        priorRun,
        present,
        asked,
        ofShadows);
  }

  /** As a flat list of facts, in a fixed order. */
  public List<Object> all() {
    List<Object> all = new ArrayList<>(freezes);
    add(all, fleet);
    all.addAll(dependencies);
    add(all, capacity);
    all.addAll(trends);
    add(all, streak);
    add(all, priorRun);
    all.addAll(settings);
    return all;
  }

  private static void add(List<Object> all, @Nullable Object fact) {
    if (fact != null) {
      all.add(fact);
    }
  }
}
