package io.serin.rollout;

import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.PriorRun;
import io.serin.fact.Revision;
import io.serin.fact.Streak;
import io.serin.fact.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What earlier ticks of one rollout saw: the values of its metrics, how often everything passed,
 * and which revisions were promoted. Bounded, and lost with the process: then trends and streaks
 * begin anew, and a revert takes the ordinary course.
 */
final class History {

  private static final int POINTS = 20;
  private static final int PROMOTIONS = 5;
  private static final int METRICS = 100;

  private final Map<Integer, Deque<Trends.Point>> series = new TreeMap<>();
  private final Map<Integer, String> names = new TreeMap<>();
  private final Map<String, Instant> replaced = new LinkedHashMap<>();
  private String run = "";
  private String promoted = "";
  private int passed;
  private @Nullable Instant since;

  /** One tick that carried out what it decided. */
  void saw(Instant at, Facts facts, Evidence evidence) {
    Revision revision = facts.revision();
    if (revision != null) {
      promotions(at, revision.promoted());
    }
    if (revision == null || !facts.rollout().analysing() || !revision.applied().equals(run)) {
      begin(revision == null ? "" : revision.applied());
    }
    if (revision != null && facts.rollout().analysing() && facts.rollout().due()) {
      evidence.metrics().forEach(m -> point(at, m));
      streak(at, facts, evidence);
    }
  }

  List<Trend> trends(@Nullable Revision revision) {
    List<Trend> trends = new ArrayList<>();
    if (!present(revision)) {
      return trends;
    }
    series.forEach(
        (order, points) -> {
          Trend trend = Trends.of(names.getOrDefault(order, ""), List.copyOf(points));
          if (trend != null) {
            trends.add(trend);
          }
        });
    return trends;
  }

  @Nullable Streak streak(@Nullable Revision revision, Instant now) {
    return since == null || !present(revision)
        ? null
        : new Streak(passed, Duration.between(since, now).toSeconds());
  }

  @Nullable PriorRun priorRun(@Nullable Revision revision, Instant now) {
    Instant at = revision == null ? null : replaced.get(revision.target());
    return at == null || revision == null || revision.target().equals(revision.promoted())
        ? null
        : new PriorRun(revision.target(), Duration.between(at, now).toSeconds());
  }

  /** What is remembered is about the run that is under way now. */
  private boolean present(@Nullable Revision revision) {
    return revision != null && revision.applied().equals(run);
  }

  private void promotions(Instant at, String now) {
    if (now.equals(promoted)) {
      return;
    }
    if (!promoted.isEmpty()) {
      replaced.put(promoted, at);
    }
    replaced.remove(now);
    promoted = now;
    if (replaced.size() > PROMOTIONS) {
      replaced.remove(replaced.keySet().iterator().next());
    }
  }

  private void begin(String revision) {
    run = revision;
    series.clear();
    names.clear();
    passed = 0;
    since = null;
  }

  private void point(Instant at, Metric metric) {
    Double value = metric.value();
    boolean compared =
        metric.outcome() == Metric.Outcome.PASS || metric.outcome() == Metric.Outcome.FAIL;
    if (value == null || !compared || !Double.isFinite(value) || metric.order() >= METRICS) {
      return;
    }
    names.put(metric.order(), metric.name());
    Deque<Trends.Point> points = series.computeIfAbsent(metric.order(), _ -> new ArrayDeque<>());
    points.addLast(new Trends.Point(at, value, metric.min(), metric.max()));
    if (points.size() > POINTS) {
      points.removeFirst();
    }
  }

  private void streak(Instant at, Facts facts, Evidence evidence) {
    boolean refused =
        evidence.metrics().stream().anyMatch(m -> m.outcome() != Metric.Outcome.PASS)
            || evidence.gates().stream().anyMatch(History::refuses);
    if (refused) {
      passed = 0;
      since = null;
    } else if (!facts.checks().isEmpty() && facts.checks().stream().allMatch(evidence::measured)) {
      passed++;
      since = since == null ? at : since;
    }
  }

  private static boolean refuses(Gate gate) {
    return gate.open() == (gate.type() == WebhookType.ROLLBACK);
  }
}
