package io.serin.record;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes ticks up from what a metric server remembers of a run. Nobody decided them; each says so in
 * its field {@code backfilled}.
 */
public final class Backfill {

  private final Canary canary;
  private final String provider;

  /**
   * @param canary its spec is taken to have been the same then
   * @param provider traffic provider, such as {@code istio}
   */
  public Backfill(Canary canary, String provider) {
    this.canary = canary;
    this.provider = provider;
  }

  /**
   * What is remembered of one moment.
   *
   * @param weight percent of traffic that went to the canary; null when unknown
   * @param status 0 while the run was under analysis, 1 otherwise, 2 when it had failed; null when
   *     unknown
   * @param metrics the checks as they would have been measured
   */
  public record Remembered(
      Instant at, @Nullable Integer weight, @Nullable Integer status, List<Metric> metrics) {

    /** Copies the list. */
    public Remembered {
      metrics = List.copyOf(metrics);
    }

    boolean analysing() {
      return status != null && status == 0;
    }

    boolean failed() {
      return status != null && status == 2;
    }

    boolean over() {
      return failed() || (status != null && status == 1 && (weight == null || weight == 0));
    }
  }

  /**
   * Cuts moments into runs: each begins with the first moment under analysis and ends with the
   * first after it that is neither analysed nor promoted.
   *
   * @return from and to as places in the list, both included
   */
  public static List<Run> runs(List<Remembered> moments) {
    List<Run> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < moments.size(); i++) {
      if (start < 0 && moments.get(i).analysing()) {
        start = i;
      } else if (start >= 0 && moments.get(i).over()) {
        runs.add(new Run(start, i));
        start = -1;
      }
    }
    if (start >= 0 && start < moments.size() - 1) {
      runs.add(new Run(start, moments.size() - 1));
    }
    return runs;
  }

  /**
   * A run among moments.
   *
   * @param from its first moment
   * @param to its last moment
   */
  public record Run(int from, int to) {}

  /** Something is remembered of the run's course, so that it need not be made up. */
  public static boolean hasCourse(List<Remembered> run) {
    return run.stream().anyMatch(m -> m.status() != null);
  }

  /**
   * The ticks of one run: of its real course where that is remembered, else of a run in which every
   * step succeeds.
   *
   * @param run moments at the analysis interval
   * @param first number of the first tick, from 1
   */
  public List<TickRecord> ticks(List<Remembered> run, long first) {
    BackfilledCourse course =
        hasCourse(run) ? new HistoryCourse(canary) : new ScheduleCourse(canary);
    BackfilledTick tick = new BackfilledTick(canary, provider, course);
    List<TickRecord> ticks = new ArrayList<>();
    for (int i = 0; i < run.size() && !tick.ended(); i++) {
      Remembered next = i + 1 < run.size() ? run.get(i + 1) : null;
      TickRecord made = tick.make(first + i, run.get(i), next);
      if (made != null) {
        ticks.add(made);
      }
    }
    return ticks;
  }
}
