package io.serin.demo;

import io.serin.api.Phase;
import io.serin.demo.Scenario.Act;
import io.serin.fact.Verdict;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays the acts of a scenario one after the other and watches the decisions that they lead to. */
final class Story {
  /** In the demo's time; a rollout that takes longer is stuck. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** In real time, so that a story ends even when the machine is very slow. */
  private static final Duration REAL_PATIENCE = Duration.ofSeconds(90);

  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int REFUSALS = 3;
  private static final int WEIGHT_OF_NEWER_RELEASE = 20;

  private final Stage stage;
  private final BlockingQueue<TickRecord> records;
  private final Report report;
  private @Nullable TickRecord last;

  /**
   * @param records what the controller tells, filled by other threads
   */
  Story(Stage stage, BlockingQueue<TickRecord> records, Report report) {
    this.stage = stage;
    this.records = records;
    this.report = report;
  }

  /** Plays all acts. */
  List<Ending> play(List<Act> acts) throws InterruptedException {
    report.says("a first version of " + Stage.APPLICATION + " and its Canary are applied");
    stage.install();
    watch(new Progress(), progress -> progress.phase == Phase.INITIALIZED);
    List<Ending> endings = new ArrayList<>();
    for (Act act : acts) {
      if (!endings.isEmpty()) {
        rest(PAUSE);
      }
      endings.add(play(act));
    }
    rest(PAUSE);
    report.finished(endings);
    return endings;
  }

  private Ending play(Act act) throws InterruptedException {
    report.begins(act);
    prepare(act.twist());
    rest(PAUSE);
    stage.release(act.release());
    Progress progress = new Progress();
    String release = act.release();
    if (act.twist() == Scenario.Twist.NEWER_RELEASE) {
      watch(progress, p -> p.weight >= WEIGHT_OF_NEWER_RELEASE);
      release = Release.BETTER;
      report.says("release " + release + " replaces " + act.release());
      stage.release(release);
    }
    watch(progress, Progress::isOver);
    Ending ending =
        new Ending(
            Stage.APPLICATION + ":" + release,
            progress.phase,
            progress.phase == act.ending(),
            progress.ticks,
            progress.maxWeight);
    report.ended(ending);
    return ending;
  }

  private void prepare(Scenario.Twist twist) {
    Traffic traffic = stage.traffic();
    if (twist == Scenario.Twist.NO_TRAFFIC) {
      traffic.pause();
    }
    if (twist == Scenario.Twist.CLOSED_GATE) {
      stage.approval().refuse(REFUSALS);
    }
  }

  private void rest(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Progress progress = new Progress();
    while (System.nanoTime() < end) {
      look(progress);
    }
  }

  private void watch(Progress progress, Predicate<Progress> until) throws InterruptedException {
    Duration patience = stage.clock().real(PATIENCE);
    if (patience.compareTo(REAL_PATIENCE) < 0) {
      patience = REAL_PATIENCE;
    }
    long end = System.nanoTime() + patience.toNanos();
    while (!until.test(progress)) {
      if (System.nanoTime() > end) {
        throw new DemoException(
            "nothing ended within %d s, the last phase was %s; try a smaller --speed"
                .formatted(patience.toSeconds(), progress.phase.wireName()));
      }
      look(progress);
    }
  }

  private void look(Progress progress) throws InterruptedException {
    TickRecord record = records.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
    if (record != null) {
      boolean counts = isWorthTelling(record);
      progress.add(record, counts);
      if (counts) {
        last = record;
        report.decided(record);
      }
    }
    report.refresh();
  }

  /** Events wake rollouts between their steps; what such a tick repeats says nothing new. */
  private boolean isWorthTelling(TickRecord record) {
    boolean moved = !record.before().equals(record.after());
    boolean waits = record.verdict() instanceof Verdict.Hold && !record.facts().rollout().due();
    return moved || !(record.verdict() instanceof Verdict.Idle || waits || repeats(record, last));
  }

  private static boolean repeats(TickRecord record, @Nullable TickRecord last) {
    return last != null
        && record.verdict().equals(last.verdict())
        && record.after().equals(last.after())
        && !(record.verdict() instanceof Verdict.Await);
  }

  /** What is known about the rollout of an act. */
  private static final class Progress {
    private Phase phase = Phase.NONE;
    private int weight;
    private int maxWeight;
    private int ticks;
    private boolean started;

    void add(TickRecord record, boolean counts) {
      Standing after = record.after();
      started |= counts;
      phase = after.phase();
      weight = after.weight();
      maxWeight = Math.max(maxWeight, weight);
      ticks += counts ? 1 : 0;
    }

    boolean isOver() {
      return started && (phase == Phase.SUCCEEDED || phase == Phase.FAILED);
    }
  }
}
