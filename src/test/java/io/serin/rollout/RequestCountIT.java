package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Verdict;
import io.serin.testing.AuditEntry;
import io.serin.testing.RealCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a rollout costs the API server, counted by its audit log. The counts are published in
 * docs/benchmarks.md.
 */
@RealCluster
class RequestCountIT {

  private static final int INTERVALS = 6;
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private static final List<String> TABLE = new ArrayList<>();

  @AfterAll
  static void print() {
    System.out.println("provider       | idle | adv.ticks | reads | writes | all of them by verb");
    TABLE.forEach(System.out::println);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "gatewayapi:v1", "istio", "nginx"})
  void anIdleCanaryCostsNothingAndAnAdvancingTickThreeWritesAtMost(String provider)
      throws InterruptedException {
    try (LiveNamespace run = new LiveNamespace("requests")) {
      // given
      Replica replica = run.serve();
      run.apply(Live.deployment());
      run.apply(Live.ingress());
      run.apply(
          Live.canary(provider, provider.equals("kubernetes") ? "iterations: 8" : Live.TENTHS));
      run.reaches(Phase.INITIALIZED);
      run.eventually("no timer", () -> replica.timers() == 0);
      // when
      Thread.sleep(300);
      List<AuditEntry> idle = afterIntervals(run, replica);
      // then
      assertThat(idle).isEmpty();
      // when
      Instant start = Instant.now();
      run.forgetSeen();
      run.release("6.0.1");
      run.reaches(Phase.SUCCEEDED);
      // then
      List<AuditEntry> all = run.server.requests(replica.agent(), start);
      assertThat(all).as("reads of a whole run").noneMatch(one -> READS.contains(one.verb()));
      List<LiveNamespace.Seen> ticks = run.seen;
      int advancing = 0;
      Map<String, Integer> counts = new TreeMap<>();
      for (int i = 0; i + 1 < ticks.size(); i++) {
        if (advances(ticks.get(i)) && advances(ticks.get(i + 1))) {
          List<AuditEntry> tick = between(all, ticks.get(i).started(), ticks.get(i + 1).started());
          assertThat(tick).as("one tick").hasSizeLessThanOrEqualTo(3);
          tick.forEach(one -> counts.merge(what(one), 1, Integer::sum));
          advancing++;
        }
      }
      assertThat(advancing).isPositive();
      int writes = counts.values().stream().mapToInt(Integer::intValue).sum();
      TABLE.add(
          "%-14s | %4d | %9d | %5d | %6.1f | %s"
              .formatted(provider, idle.size(), advancing, 0, (double) writes / advancing, counts));
    }
  }

  private static List<AuditEntry> afterIntervals(LiveNamespace run, Replica replica)
      throws InterruptedException {
    Instant start = Instant.now();
    long interval = (long) (run.canary().analysis().interval().toMillis() / LiveNamespace.SPEED);
    Thread.sleep(Duration.ofMillis(interval * INTERVALS));
    return run.server.requests(replica.agent(), start);
  }

  private static boolean advances(LiveNamespace.Seen tick) {
    Standing before = tick.record().before();
    // The first step also tells that the analysis starts.
    return tick.moved()
        && before.weight() + before.iterations() > 0
        && (tick.record().verdict() instanceof Verdict.Advance
            || tick.record().verdict() instanceof Verdict.Iterate);
  }

  private static List<AuditEntry> between(List<AuditEntry> all, Instant from, Instant to) {
    return all.stream()
        .filter(one -> !one.received().isBefore(from) && one.received().isBefore(to))
        .toList();
  }

  private static String what(AuditEntry entry) {
    return entry.subresource().isEmpty()
        ? entry.verb() + " " + entry.resource()
        : entry.verb() + " " + entry.resource() + "/" + entry.subresource();
  }
}
