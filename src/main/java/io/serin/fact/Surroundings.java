package io.serin.fact;

import java.util.ArrayList;
import java.util.List;
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
 */
public record Surroundings(
    List<Freeze> freezes,
    @Nullable Fleet fleet,
    List<Dependency> dependencies,
    @Nullable Capacity capacity,
    List<Trend> trends,
    @Nullable Streak streak,
    @Nullable PriorRun priorRun) {

  /** Nothing is known. */
  public static final Surroundings NONE =
      new Surroundings(List.of(), null, List.of(), null, List.of(), null, null);

  /** Copies the lists. */
  public Surroundings {
    freezes = List.copyOf(freezes);
    dependencies = List.copyOf(dependencies);
    trends = List.copyOf(trends);
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
    return all;
  }

  private static void add(List<Object> all, @Nullable Object fact) {
    if (fact != null) {
      all.add(fact);
    }
  }
}
