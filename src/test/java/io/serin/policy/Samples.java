package io.serin.policy;

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
import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.IntStream;

/** Facts of a rollout in the middle of its analysis. */
final class Samples {

  private Samples() {}

  static Policy policy(String drl) {
    return Policy.of(source(drl));
  }

  static PolicySource source(String drl) {
    return new PolicySource(List.of(new DrlFile("test.drl", drl)));
  }

  static Facts analysing(int checks) {
    return new Facts(
        rollout(),
        new Revision("2", "2", "1", "1", false, false),
        List.of(
            new Workload(
                Workload.Role.TARGET, "podinfo", "Deployment", true, true, false, "", 2, 2),
            new Workload(
                Workload.Role.PRIMARY,
                "podinfo-primary",
                "Deployment",
                true,
                true,
                false,
                "",
                2,
                2)),
        new Traffic("istio", 80, 20, false, true, ""),
        List.of(),
        IntStream.range(0, checks).mapToObj(i -> new Check("check-" + i, i, true)).toList(),
        List.of(),
        List.of(),
        new Moment(1_700_000_000L, "UTC", DayOfWeek.TUESDAY, 10, 0));
  }

  static Rollout rollout() {
    return new Rollout(
        "podinfo",
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
  }

  static EvidenceSource passing() {
    return asks -> Evidence.NONE.and(metrics(asks));
  }

  private static Evidence metrics(List<Ask> asks) {
    return new Evidence(
        List.of(),
        asks.stream()
            .filter(Ask.Measure.class::isInstance)
            .map(a -> ((Ask.Measure) a).check())
            .map(
                c ->
                    new Metric(
                        c.name(), c.order(), Metric.Outcome.PASS, 99.5, 99.0, null, "passes"))
            .toList(),
        null);
  }
}
