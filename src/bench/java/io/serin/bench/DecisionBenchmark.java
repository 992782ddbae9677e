package io.serin.bench;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import io.serin.policy.Ask;
import io.serin.policy.BundledPolicy;
import io.serin.policy.Decision;
import io.serin.policy.Policy;
import io.serin.policy.explain.Explainer;
import io.serin.policy.explain.Explanation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one decision of the default policy costs: an analysis tick that measures its checks and
 * advances. Where two canaries take turns, a session can keep no facts from one decision to the
 * next, as in a controller that looks after many. The trace, which facts made a rule fire, is what
 * the controller keeps of each tick; an explanation, with losers and near misses, is made from it
 * when somebody asks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 9, time = 2)
public class DecisionBenchmark {

  /** Checks of the analysis. */
  @Param({"4", "12"})
  public int metrics;

  /** Canaries that take turns. */
  @Param({"2", "1"})
  public int canaries;

  private final Policy policy = BundledPolicy.load();
  private final Policy untraced = policy.untraced();
  private final Explainer explainer = Explainer.of(policy);
  private Facts facts = facts("", 0);
  private Facts next = facts;

  /** Makes the facts once. */
  @Setup
  public void prepare() {
    facts = facts("podinfo", metrics);
    next = canaries == 1 ? facts : facts("backend", metrics);
  }

  private Facts turn() {
    Facts now = next;
    next = facts;
    facts = now;
    return now;
  }

  /** One decision with its evidence at hand, without trace. */
  @Benchmark
  public Decision untraced(CpuTime cpu) {
    cpu.done(1);
    return untraced.decide(turn(), DecisionBenchmark::answer);
  }

  /** The same with the trace. */
  @Benchmark
  public Decision traced(CpuTime cpu) {
    cpu.done(1);
    return policy.decide(turn(), DecisionBenchmark::answer);
  }

  /** The same, and explained. */
  @Benchmark
  public Explanation explained(CpuTime cpu) {
    cpu.done(1);
    Facts now = turn();
    Decision decision = policy.decide(now, DecisionBenchmark::answer);
    return explainer.explain(now, decision.evidence(), decision);
  }

  static Evidence answer(List<Ask> asks) {
    List<Metric> measured = new ArrayList<>();
    for (Ask ask : asks) {
      if (ask instanceof Ask.Measure(Check check)) {
        measured.add(
            new Metric(check.name(), check.order(), Metric.Outcome.PASS, 99.9, 99.0, null, ""));
      }
    }
    return new Evidence(List.of(), measured, null);
  }

  static Facts facts(String app, int metrics) {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < metrics; i++) {
      checks.add(new Check(app + "-" + i, i, true));
    }
    Rollout rollout =
        new Rollout(
            app,
            "test",
            Phase.PROGRESSING,
            Strategy.PROGRESSIVE,
            20,
            50,
            30,
            false,
            0,
            0,
            0,
            0,
            5,
            false,
            true,
            true,
            0,
            60,
            false,
            false,
            true);
    return new Facts(
        rollout,
        new Revision(app + "-b", app + "-b", app + "-a", app + "-a", false, false),
        List.of(
            new Workload(Workload.Role.TARGET, app, "Deployment", true, true, false, "", 2, 2),
            new Workload(
                Workload.Role.PRIMARY,
                app + "-primary",
                "Deployment",
                true,
                true,
                false,
                "",
                2,
                2)),
        new Traffic("istio", 80, 20, false, true, app),
        List.of(),
        checks,
        List.of(),
        List.of(),
        Moment.of(Instant.EPOCH, ZoneOffset.UTC));
  }
}
