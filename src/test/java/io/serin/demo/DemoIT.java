package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serin.demo.DemoOptions.Output;
import io.serin.rollout.TickRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIT {
  private static final double SPEED = 20;

  private final StringWriter out = new StringWriter();
  private final List<TickRecord> ticks = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aGoodReleaseIsPromotedAndABadOneRolledBack() throws InterruptedException {
    assertThat(run(Scenario.ALL, Output.JSON)).isTrue();

    List<JsonNode> lines =
        out.toString().lines().map(line -> (JsonNode) JsonMapper.shared().readTree(line)).toList();
    JsonNode whole = lines.getLast();
    assertThat(whole.at("/rollouts/0/result").stringValue()).isEqualTo("Succeeded");
    assertThat(whole.at("/rollouts/0/maxCanaryWeight").intValue()).isEqualTo(50);
    assertThat(whole.at("/rollouts/0/ticks").intValue()).isPositive();
    assertThat(whole.at("/rollouts/1/result").stringValue()).isEqualTo("Failed");
    assertThat(whole.at("/rollouts/1/maxCanaryWeight").intValue()).isBetween(10, 50);
    assertThat(whole.at("/rollouts")).hasSize(2);
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(
            line -> {
              assertThat(line.path("rule").stringValue()).isNotBlank();
              assertThat(line.path("reason").stringValue()).isNotBlank();
              assertThat(line.path("weight").intValue()).isBetween(0, 50);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Scenario.class,
      names = {"FAILING_LATENCY", "NO_DATA", "CLOSED_GATE", "NEW_REVISION"})
  void everyOtherStoryEndsAsItShould(Scenario scenario) throws InterruptedException {
    assertThat(run(scenario, Output.LINES)).as(out.toString()).isTrue();

    assertThat(ticks).isNotEmpty();
    assertThat(out.toString()).endsWith("1 of 1 rollouts ended as expected\n");
  }

  @Test
  void nothingRunsAfterTheEnd() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    run(Scenario.FAILURE, Output.LINES);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(started(before)).isEmpty());
  }

  private boolean run(Scenario scenario, Output output) throws InterruptedException {
    return Demo.run(
        new DemoOptions(scenario, SPEED, output),
        List.of((_, _, record) -> ticks.add(record)),
        new PrintWriter(out));
  }

  /**
   * Threads of the demo, its servers and clients; those of the JVM, of its pools and of this test
   * may stay.
   */
  private static List<String> started(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .map(Thread::getName)
        .filter(name -> !name.matches("(ForkJoinPool|VirtualThread|awaitility).*"))
        .collect(Collectors.toList());
  }
}
