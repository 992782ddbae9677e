package io.serin.cli;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.http.Http;
import io.serin.metric.History;
import io.serin.metric.Meter;
import io.serin.metric.TimeWindow;
import io.serin.record.Backfill;
import io.serin.record.Backfill.Remembered;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes recordings of past runs from the history of a Prometheus. */
final class BackfillJob {

  /** So many ticks are made from one stretch of history. */
  private static final long MOST = 1_000_000;

  private final ManifestWorld world;
  private final Canary canary;
  private final String meshProvider;
  private final String prometheus;
  private final Http http;
  private final Consumer<String> notes;
  private long next = 1;

  /**
   * @param meshProvider for a Canary that names none
   * @param prometheus base URL
   * @param notes is told in one line what was not as wished
   */
  BackfillJob(
      ManifestWorld world,
      String meshProvider,
      String prometheus,
      Http http,
      Consumer<String> notes) {
    this.world = world;
    this.canary = world.canary();
    this.meshProvider = meshProvider;
    this.prometheus = prometheus;
    this.http = http;
    this.notes = notes;
  }

  /**
   * A stretch of time.
   *
   * @param run it is one run; else the runs in it are looked for
   */
  record Stretch(Instant from, Instant to, boolean run) {}

  /** The runs of a stretch, each with its ticks. */
  List<List<TickRecord>> runs(Stretch stretch) {
    TimeWindow window = window(stretch);
    History history = history(window);
    List<@Nullable Double> weights = history.values(gauge("weight", "workload"));
    List<@Nullable Double> statuses = history.values(gauge("status", "name"));
    List<Remembered> bare =
        IntStream.range(0, window.count())
            .mapToObj(
                i ->
                    new Remembered(
                        window.at(i), whole(weights.get(i)), whole(statuses.get(i)), List.of()))
            .toList();
    List<Backfill.Run> found = found(stretch, bare);
    TreeSet<Integer> usable = usable(history, found);
    Backfill backfill = new Backfill(canary, canary.spec().providerOr(meshProvider));
    List<List<TickRecord>> all = new ArrayList<>();
    for (Backfill.Run run : found) {
      List<TickRecord> ticks = backfill.ticks(measured(history, bare, run, usable), next);
      next += ticks.size();
      all.add(ticks);
    }
    return all;
  }

  private TimeWindow window(Stretch stretch) {
    var step = canary.analysis().interval();
    long ticks = java.time.Duration.between(stretch.from, stretch.to).dividedBy(step);
    if (ticks < 1 || ticks > MOST) {
      throw new CommandException(
          "%s to %s is %s for ticks every %d s; name other times"
              .formatted(
                  stretch.from,
                  stretch.to,
                  ticks < 1 ? "too short" : "too long",
                  step.toSeconds()));
    }
    return TimeWindow.between(stretch.from, stretch.to, step);
  }

  private History history(TimeWindow window) {
    History history;
    try {
      history = new History(world, meshProvider, prometheus, http, window);
    } catch (IllegalArgumentException e) {
      throw new CommandException("prometheus " + e.getMessage(), e);
    }
    String problem = history.offline();
    if (!problem.isEmpty()) {
      throw new CommandException(
          "prometheus " + prometheus + " cannot be asked: " + problem + "; check --prometheus");
    }
    return history;
  }

  /** A server that scrapes with labels of its own calls the controller's {@code exported}. */
  private String gauge(String what, String label) {
    String form = "flagger_canary_%s{%s=\"%s\",%snamespace=\"%s\"}";
    String own = form.formatted(what, label, canary.targetName(), "", canary.namespace());
    String exported =
        form.formatted(what, label, canary.targetName(), "exported_", canary.namespace());
    return "max(" + own + " or " + exported + ")";
  }

  private List<Backfill.Run> found(Stretch stretch, List<Remembered> moments) {
    if (!Backfill.hasCourse(moments)) {
      notes.accept(
          "no flagger_canary_status of %s from %s to %s; taking it for one run that goes by its schedule"
              .formatted(canary.targetName(), stretch.from, stretch.to));
      return List.of(new Backfill.Run(0, moments.size() - 1));
    }
    List<Backfill.Run> runs = Backfill.runs(moments);
    if (runs.isEmpty()) {
      notes.accept(
          "no run of %s from %s to %s".formatted(canary.targetName(), stretch.from, stretch.to));
    } else if (stretch.run && runs.size() > 1) {
      notes.accept(
          "there are %d runs from %s to %s".formatted(runs.size(), stretch.from, stretch.to));
    }
    return runs;
  }

  /** Checks that never gave anything but an error cannot be had from a Prometheus. */
  private TreeSet<Integer> usable(History history, List<Backfill.Run> runs) {
    TreeSet<Integer> usable = new TreeSet<>();
    var checks = canary.analysis().metrics();
    for (int order = 0; order < checks.size() && !runs.isEmpty(); order++) {
      int check = order;
      Metric error = null;
      for (Backfill.Run run : runs) {
        Meter meter = history.at(run.from());
        Metric first = meter.measure(canary, check);
        if (first.outcome() != Metric.Outcome.ERROR) {
          error = null;
          break;
        }
        error = first;
      }
      if (error == null) {
        usable.add(check);
      } else {
        notes.accept(
            "metric %s is left out: %s".formatted(checks.get(order).name(), error.message()));
      }
    }
    return usable;
  }

  private List<Remembered> measured(
      History history, List<Remembered> bare, Backfill.Run run, TreeSet<Integer> usable) {
    List<Remembered> moments = new ArrayList<>();
    for (int i = run.from(); i <= run.to(); i++) {
      Meter meter = history.at(i);
      List<Metric> metrics = usable.stream().map(order -> meter.measure(canary, order)).toList();
      Remembered moment = bare.get(i);
      moments.add(new Remembered(moment.at(), moment.weight(), moment.status(), metrics));
    }
    return moments;
  }

  private static @Nullable Integer whole(@Nullable Double value) {
    return value == null ? null : Math.toIntExact(Math.round(Objects.requireNonNull(value)));
  }
}
