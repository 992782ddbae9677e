package io.serin.policy;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Capacity;
import io.serin.fact.Check;
import io.serin.fact.Dependency;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.PriorRun;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Streak;
import io.serin.fact.Surroundings;
import io.serin.fact.Traffic;
import io.serin.fact.Trend;
import io.serin.fact.Workload;
import io.serin.testing.Records;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Any facts that types allow, sensible or not. */
final class RandomFacts {

  private final Random random;

  RandomFacts(Random random) {
    this.random = random;
  }

  /** Facts that most of those before are part of, as from one tick of a rollout to the next. */
  Facts after(Facts before) {
    Facts other = surrounded();
    return new Facts(
        often() ? before.rollout() : other.rollout(),
        often() ? before.revision() : other.revision(),
        often() ? before.workloads() : other.workloads(),
        often() ? before.traffic() : other.traffic(),
        often() ? before.hooks() : other.hooks(),
        often() ? before.checks() : other.checks(),
        often() ? before.interventions() : other.interventions(),
        often() ? before.problems() : other.problems(),
        often() ? before.moment() : other.moment(),
        often() ? before.surroundings() : other.surroundings());
  }

  Facts facts() {
    return new Facts(
        rollout(),
        often() ? revision() : null,
        workloads(),
        often()
            ? new Traffic(often() ? "istio" : "nginx", 80, pick(0, 20, 50), flip(), often(), "busy")
            : null,
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> new Hook("hook-" + i, pick(WebhookType.values()), i, false))
            .toList(),
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> new Check("check-" + i, i, true))
            .toList(),
        often() ? List.of() : List.of(new Intervention(pick(Intervention.Kind.values()), "x")),
        often() ? List.of() : List.of(new Problem(pick(Problem.Kind.values()), "x")),
        new Moment(1_700_000_000L, "UTC", pick(DayOfWeek.values()), random.nextInt(24), 0));
  }

  /** Any surroundings, too. */
  Facts surrounded() {
    return facts().in(surroundings());
  }

  /** A rollout under analysis whose copies are ready and settled, in any surroundings. */
  Facts nearlyPassing() {
    Facts any = surrounded();
    Facts base = Samples.analysing(1 + random.nextInt(2));
    Rollout rollout =
        Records.with(
            base.rollout(),
            Map.of(
                "weight",
                pick(10, 20, 30),
                "nextWeight",
                pick(30, 40),
                "failedChecks",
                pick(0, 0, 1, 4)));
    return new Facts(
        rollout,
        base.revision(),
        base.workloads(),
        base.traffic(),
        flip() ? List.of() : any.hooks(),
        base.checks(),
        List.of(),
        List.of(),
        base.moment(),
        any.surroundings());
  }

  private Surroundings surroundings() {
    boolean frozen = flip();
    return new Surroundings(
        often()
            ? List.of()
            : List.of(new Freeze("f", frozen, "x", frozen ? 60 : 0, frozen ? 0 : pick(60, 9_999))),
        often() ? new Fleet(pick(0, 4, 5), pick(0, 5), pick(4, 10), pick(0, 3)) : null,
        often()
            ? List.of()
            : List.of(new Dependency("test", "backend", pick(Phase.values()), flip(), "x")),
        often() ? Capacity.of(pick(1, 2, 5), 5) : null,
        often()
            ? List.of()
            : List.of(
                new Trend("check-0", 5, 0.1, 3, flip(), flip() ? null : pick(1.0, 5.0, 50.0))),
        flip() ? new Streak(pick(1, 3, 9, 10, 30), pick(60, 600)) : null,
        often() ? null : new PriorRun(rev(), pick(60, 90_000)));
  }

  Gate gate(Hook hook) {
    return new Gate(hook.name(), hook.type(), hook.order(), often(), false, "no");
  }

  Metric metric(Check check) {
    return new Metric(
        check.name(),
        check.order(),
        often() ? Metric.Outcome.PASS : pick(Metric.Outcome.values()),
        flip() ? null : (Double) (double) random.nextInt(6),
        flip() ? null : (Double) 2.0,
        flip() ? null : (Double) 4.0,
        "m");
  }

  private Rollout rollout() {
    return new Rollout(
        "podinfo",
        "test",
        flip() ? Phase.PROGRESSING : pick(Phase.values()),
        pick(Strategy.values()),
        pick(0, 20, 50, 100),
        pick(50, 100),
        pick(20, 30, 50),
        flip(),
        random.nextInt(5),
        pick(0, 3),
        pick(0, 20, 60),
        random.nextInt(4),
        3,
        !often(),
        often(),
        often(),
        pick(0, 3, 10),
        60,
        !often(),
        flip(),
        often());
  }

  private Revision revision() {
    return new Revision(rev(), rev(), rev(), rev(), !often(), !often());
  }

  private String rev() {
    return pick("1", "2");
  }

  private List<Workload> workloads() {
    List<Workload> all = new ArrayList<>();
    for (Workload.Role role : Workload.Role.values()) {
      if (often()) {
        all.add(
            new Workload(
                role,
                role.name(),
                "Deployment",
                often(),
                often(),
                !often(),
                "not ready",
                pick(0, 2),
                pick(0, 2)));
      }
    }
    return all;
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private boolean often() {
    return random.nextInt(5) > 0;
  }

  @SafeVarargs
  private <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  /** The same answers to the same asks, whatever the order. */
  static EvidenceSource answers(int seed) {
    return asks -> {
      List<Gate> gates = new ArrayList<>();
      List<Metric> metrics = new ArrayList<>();
      for (Ask ask : asks) {
        switch (ask) {
          case Ask.Call c -> gates.add(random(seed, c.hook().order()).gate(c.hook()));
          case Ask.Measure m -> metrics.add(random(seed, 50 + m.check().order()).metric(m.check()));
          case Ask.ProbeProviders _ -> {}
        }
      }
      return new Evidence(gates, metrics, null);
    };
  }

  private static RandomFacts random(int seed, int salt) {
    return new RandomFacts(new Random(seed * 1_000L + salt));
  }
}
